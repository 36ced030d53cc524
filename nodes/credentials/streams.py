"""Connections for testing credentials of protocols other than HTTP, to checked addresses only."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

from headrace_sdk import Probe, UpstreamError
from nodes.credentials.form import TEST_LIMIT_S

Stream: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def reaching(host: str, port: int) -> AsyncIterator[None]:
    """Says in plain words why a host did not answer.

    Raises:
        UpstreamError: it cannot be reached, broke the connection, or took too long.
    """
    place = f"{host}:{port}"
    try:
        async with asyncio.timeout(TEST_LIMIT_S):
            yield
    except TimeoutError:
        message = f"{place} did not answer within {TEST_LIMIT_S:g} s. Check host and port."
        raise UpstreamError(message, code="timeout") from None
    except ssl.SSLError as error:
        message = f"{place} does not speak TLS as expected ({error.reason}). Check encryption."
        raise UpstreamError(message, code="tls_failed") from None
    except (OSError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        message = f"{place} cannot be reached: {reason or 'the connection was closed'}."
        raise UpstreamError(message, code="connect_failed") from None


@asynccontextmanager
async def connected(probe: Probe, host: str, port: int, *, tls: bool) -> AsyncIterator[Stream]:
    """A connection, closed at the end.

    Raises:
        UserError, UpstreamError: it may not or cannot be made.
    """
    address = await probe.net.pin(host, port)
    async with reaching(host, port):
        reader, writer = await asyncio.open_connection(
            address,
            port,
            ssl=ssl.create_default_context() if tls else None,
            server_hostname=host if tls else None,
        )
        try:
            yield reader, writer
        finally:
            writer.close()
