"""The way out for protocols other than HTTP: to checked addresses only, failing in plain words."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, Protocol, TypeAlias

from headrace_sdk.errors import UpstreamError

Speaker: TypeAlias = Literal["postgresql", "redis"]
"""Kinds of servers that the platform itself runs on."""

Stream: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Net(Protocol):
    """Ask it for each connection anew, and connect to what it gives: names change their address."""

    async def pin(self, host: str, port: int) -> str:
        """The checked address to connect to; TLS keeps the host's name.

        Raises:
            UserError: the address is internal, or the port is closed.
            UpstreamError: the name does not resolve.
        """
        ...

    async def meet(self, speaker: Speaker, identity: str) -> None:
        """Tell how a server named itself, before anything else is asked of it.

        Behind an address can be a forwarded port. `identity` is the `system_identifier` of a
        cluster of PostgreSQL, or the `run_id` of a server that speaks as Redis does.

        Raises:
            UserError: it is one that the platform itself runs on.
            UpstreamError: that cannot be found out at the moment.
        """
        ...


@asynccontextmanager
async def reaching(host: str, port: int, limit_s: float) -> AsyncIterator[None]:
    """Says in plain words why a host did not answer; `sent` is `no`.

    For what comes before the first thing that changes the other side: connecting, signing in.

    Raises:
        UpstreamError: it cannot be reached, broke the connection, or took too long.
    """
    place = f"{host}:{port}"
    try:
        async with asyncio.timeout(limit_s):
            yield
    except TimeoutError:
        message = f"{place} did not answer within {limit_s:g} s. Check host and port."
        raise UpstreamError(message, sent="no", code="timeout") from None
    except ssl.SSLError as error:
        message = f"{place} does not speak TLS as expected ({error.reason}). Check encryption."
        raise UpstreamError(message, sent="no", code="tls_failed") from None
    except (OSError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        message = f"{place} cannot be reached: {reason or 'the connection was closed'}."
        raise UpstreamError(message, sent="no", code="connect_failed") from None


@asynccontextmanager
async def connected(
    net: Net, host: str, port: int, *, tls: bool, limit_s: float
) -> AsyncIterator[Stream]:
    """A connection for a short exchange, which `limit_s` is for as a whole; closed at the end.

    Raises:
        UserError, UpstreamError: it may not or cannot be made.
    """
    address = await net.pin(host, port)
    async with reaching(host, port, limit_s):
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


async def open_socket(net: Net, host: str, port: int, limit_s: float) -> socket.socket:
    """A connected socket, for client libraries that take one. Whoever asks for it closes it.

    Raises:
        UserError, UpstreamError: it may not or cannot be made.
    """
    address = await net.pin(host, port)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setblocking(False)
    try:
        async with reaching(host, port, limit_s):
            await asyncio.get_running_loop().sock_connect(opened, (address, port))
    except BaseException:
        opened.close()
        raise
    return opened
