"""The least HTTP client that can post JSON and read an answer, so that the load costs little."""

from __future__ import annotations

import asyncio
from typing import Any, Self

import orjson

ANSWER_S = 90.0


class Connection:
    """One kept-alive connection; one request at a time."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._host = host

    @classmethod
    async def open(cls, port: int, host: str = "localhost") -> Self:
        """Connected to this machine, which is called by that name."""
        # A whole answer fits, so that a large one is not read in small bites.
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 24), host)

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        """Status and decoded JSON of the answer."""
        content = orjson.dumps(body)
        head = (
            f"POST {path} HTTP/1.1\r\nhost: {self._host}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(content)}\r\n\r\n"
        )
        return await self._exchange(head.encode() + content)

    async def get(self, path: str) -> tuple[int, Any]:
        """The same for GET."""
        return await self._exchange(f"GET {path} HTTP/1.1\r\nhost: {self._host}\r\n\r\n".encode())

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()

    async def _exchange(self, request: bytes) -> tuple[int, Any]:
        self._writer.write(request)
        async with asyncio.timeout(ANSWER_S):
            head = await self._reader.readuntil(b"\r\n\r\n")
            status_line, *lines = head.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines if line)
            if "content-length" in headers:
                body = await self._reader.readexactly(int(headers["content-length"]))
            else:
                body = await self._chunks()
        return int(status_line.split(" ", 2)[1]), orjson.loads(body)

    async def _chunks(self) -> bytes:
        """A body in chunks, which Django's own answers are."""
        body = b""
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            body += await self._reader.readexactly(size)
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return body
