"""The operator's proxy, through which requests leave where nothing else leads outside."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

import httpcore

CONNECT_S: Final = 10.0
"""For the proxy's whole answer, its connection to the target included."""

MAX_HEAD_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Proxy:
    """`authorization` is the value of the header that signs in, empty for none; never shown."""

    host: str
    port: int
    authorization: str = field(default="", repr=False)

    @classmethod
    def at(cls, url: str) -> Proxy | None:
        """The one at `http://user:password@host:port`, as `conf.env` checked it; None for none."""
        parts = urlsplit(url)
        if not parts.hostname or not parts.port:
            return None
        if parts.username is None:
            return cls(parts.hostname, parts.port)
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return cls(parts.hostname, parts.port, f"Basic {b64encode(pair.encode()).decode()}")


async def tunnel(
    backend: httpcore.AsyncNetworkBackend, proxy: Proxy, address: str, port: int
) -> httpcore.AsyncNetworkStream:
    """A connection to a checked address by way of the proxy (RFC 9110, 9.3.6).

    The proxy is told the address, not the name: it looks nothing up, so that the connection leads
    where the check has been. What goes through, TLS included, is between the two ends.

    Raises:
        httpcore.ConnectError: the proxy cannot be reached, refuses, or does not speak CONNECT.
    """
    try:
        async with asyncio.timeout(CONNECT_S):
            stream = await backend.connect_tcp(proxy.host, proxy.port)
            try:
                await _ask(stream, proxy, address, port)
            except BaseException:
                await stream.aclose()
                raise
            return stream
    except TimeoutError:
        message = f"the operator's proxy gave no answer within {CONNECT_S:g} s"
        raise httpcore.ConnectError(message) from None
    except _Refused as refused:
        raise httpcore.ConnectError(str(refused)) from None
    except (httpcore.NetworkError, httpcore.TimeoutException):
        message = "the operator's proxy cannot be reached or broke the connection"
        raise httpcore.ConnectError(message) from None


class _Refused(Exception):
    """The proxy does not let it through; with the reason."""


async def _ask(stream: httpcore.AsyncNetworkStream, proxy: Proxy, address: str, port: int) -> None:
    place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    await stream.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
    head = b""
    while b"\r\n\r\n" not in head:
        part = await stream.read(MAX_HEAD_BYTES)
        head += part
        if not part or len(head) > MAX_HEAD_BYTES:
            message = "the operator's proxy does not answer as a proxy does"
            raise _Refused(message)
    _check(head)


def _check(head: bytes) -> None:
    """Only the status counts: what else a proxy writes may repeat what it was told."""
    version, _, rest = head.partition(b" ")
    status = rest[:3].decode("ascii", "replace")
    if not version.startswith(b"HTTP/1.") or not status.isdigit():
        message = "the operator's proxy does not answer as a proxy does"
        raise _Refused(message)
    if status == "407":
        message = "the operator's proxy refuses to be signed in to (407)"
        raise _Refused(message)
    if not status.startswith("2"):
        message = f"the operator's proxy does not let it through ({status})"
        raise _Refused(message)
    if head.partition(b"\r\n\r\n")[2]:
        message = "the operator's proxy says more than it was asked"
        raise _Refused(message)
