"""The only way out that a browser has: a proxy of this process that connects to checked addresses.

The browser looks no name up and connects to nothing else; so every request of a page, of its
scripts and of its sockets passes the guard where the connection is made.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

import httpcore

from headrace.egress.guard import GuardedBackend
from headrace.egress.policy import EgressPolicy
from headrace_sdk.errors import HeadraceError

MAX_HEAD: Final = 64 * 1024
CHUNK: Final = 64 * 1024
CONNECT_S: Final = 15.0
AT_ONCE: Final = 64
"""Connections of one browser."""
HOP_BY_HOP: Final = frozenset((b"connection", b"proxy-connection", b"proxy-authorization"))


class WayOut:
    """Serves one browser. `refused` are the places that it was kept from, the newest last."""

    def __init__(self, policy: EgressPolicy) -> None:
        self._backend = GuardedBackend(policy)
        self._places = asyncio.Semaphore(AT_ONCE)
        self.refused: list[str] = []
        self.port = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[WayOut]:
        """At work at a port of this machine, until the block is left."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_HEAD)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with self._places:
                await self._one(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), CONNECT_S)
        line, _, rest = head.partition(b"\r\n")
        try:
            method, target, version = line.decode("latin-1").split(" ")
            host, port, path = _place(method, target)
        except ValueError:
            await _say(writer, "400 Bad Request")
            return
        try:
            stream = await self._backend.connect_tcp(host, port, CONNECT_S)
        except (HeadraceError, httpcore.NetworkError, httpcore.TimeoutException, OSError) as error:
            if isinstance(error, HeadraceError):
                self.refused = [*self.refused[-9:], f"{host}:{port}"]
            await _say(writer, "403 Forbidden")
            return
        try:
            if method == "CONNECT":
                await _say(writer, "200 Connection established")
            else:
                await stream.write(_head(f"{method} {path} {version}", rest))
            await _both_ways(reader, writer, stream)
        finally:
            await stream.aclose()


def _place(method: str, target: str) -> tuple[str, int, str]:
    """Host, port and path.

    Raises:
        ValueError: the target is none that a proxy is asked for.
    """
    parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
    port = parts.port or 80
    if not parts.hostname or (method != "CONNECT" and parts.scheme != "http"):
        raise ValueError(target)
    query = f"?{parts.query}" if parts.query else ""
    return parts.hostname, port, f"{parts.path or '/'}{query}"


def _head(line: str, rest: bytes) -> bytes:
    """The head as a server expects it; one request a connection, so that it stays at its host."""
    kept = [
        one
        for one in rest.split(b"\r\n")
        if one and one.partition(b":")[0].strip().lower() not in HOP_BY_HOP
    ]
    return b"\r\n".join([line.encode("latin-1"), *kept, b"Connection: close", b"", b""])


async def _both_ways(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    stream: httpcore.AsyncNetworkStream,
) -> None:
    async def upwards() -> None:
        while part := await reader.read(CHUNK):
            await stream.write(part)

    async def downwards() -> None:
        while part := await stream.read(CHUNK):
            writer.write(part)
            await writer.drain()

    up, down = asyncio.create_task(upwards()), asyncio.create_task(downwards())
    try:
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in (up, down):
            one.cancel()
            with suppress(asyncio.CancelledError, httpcore.NetworkError, OSError):
                await one


async def _say(writer: asyncio.StreamWriter, status: str) -> None:
    end = "" if status.startswith("200") else "Content-Length: 0\r\nConnection: close\r\n"
    writer.write(f"HTTP/1.1 {status}\r\n{end}\r\n".encode("ascii"))
    await writer.drain()
