"""Speaks with one of our servers as with a program: a JSON-RPC message on each line, in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import mcp_types
from mcp.shared.message import SessionMessage

from headrace.toolservers.offering import ToolServer
from headrace_sdk.errors import UpstreamError


class Line:
    """Implements `headrace_sdk.programs.Program`."""

    def __init__(self, to_server: Any, from_server: Any, max_bytes: int) -> None:
        self._to_server, self._from_server = to_server, from_server
        self._max_bytes = max_bytes

    async def send(self, line: bytes) -> None:
        """See `Program.send`."""
        read = mcp_types.jsonrpc_message_adapter.validate_json(line, by_name=False)
        try:
            await self._to_server.send(SessionMessage(read))
        except (anyio.BrokenResourceError, anyio.ClosedResourceError) as error:
            message = "The server has ended."
            raise UpstreamError(message, sent="maybe", code="program_ended") from error

    async def receive(self) -> bytes | None:
        """See `Program.receive`."""
        try:
            said = await self._from_server.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            return None
        line: bytes = said.message.model_dump_json(by_alias=True, exclude_unset=True).encode()
        if len(line) > self._max_bytes:
            message = "The answer is larger than is allowed. Ask for less, or allow more."
            raise UpstreamError(message, code="answer_too_large", retryable=False)
        return line


@asynccontextmanager
async def spoken(server: ToolServer, max_bytes: int) -> AsyncIterator[Line]:
    """The server at work; it ends with the block, and so does what it held for the conversation."""
    to_server: Any = anyio.create_memory_object_stream(0)
    from_server: Any = anyio.create_memory_object_stream(0)
    speaking = server.speaking()
    async with (
        server.desk.ends,
        to_server[0],
        to_server[1],
        from_server[0],
        from_server[1],
        anyio.create_task_group() as group,
    ):
        options = speaking.create_initialization_options()
        group.start_soon(speaking.run, to_server[1], from_server[0], options)
        yield Line(to_server[0], from_server[1], max_bytes)
        group.cancel_scope.cancel()
