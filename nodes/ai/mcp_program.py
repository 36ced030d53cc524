"""Speaks MCP with a program, or a server of our own: one JSON-RPC message on each line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from headrace_sdk import HeadraceError
from headrace_sdk.lazy import lazy_module
from headrace_sdk.programs import Program

if TYPE_CHECKING:
    import anyio
    import mcp.shared.message
    import mcp_types
    from mcp.client._transport import TransportStreams
    from mcp.shared.message import SessionMessage
else:
    anyio = lazy_module("anyio")
    mcp = lazy_module("mcp")
    mcp_types = lazy_module("mcp_types")

SILENT_LINES: Final = 1_000
"""Lines that are no messages; some programs greet before they speak the protocol."""


class Heard:
    """What became of a conversation: the first fault, and whether a tool may have been called."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.has_called = False

    def sees(self, message: bytes) -> None:
        """Something is about to be sent."""
        self.has_called |= b'"tools/call"' in message


@asynccontextmanager
async def over_program(
    started: AbstractAsyncContextManager[Program], heard: Heard
) -> AsyncIterator[TransportStreams]:
    """The streams that the library speaks through, to a process that ends with the block."""
    try:
        async with started as program:
            inwards: Any = anyio.create_memory_object_stream(0)
            outwards: Any = anyio.create_memory_object_stream(0)
            async with (
                inwards[0],
                inwards[1],
                outwards[0],
                outwards[1],
                anyio.create_task_group() as group,
            ):
                group.start_soon(_read, program, inwards[0], heard)
                group.start_soon(_write, program, outwards[1], inwards[0], heard)
                yield inwards[1], outwards[0]
                group.cancel_scope.cancel()
    except HeadraceError as error:
        heard.fault = heard.fault or error
        raise


async def _read(program: Program, into: Any, heard: Heard) -> None:
    silent = 0
    async with into:
        while silent < SILENT_LINES:
            try:
                line = await program.receive()
            except Exception as error:  # noqa: BLE001 - told to who waits, when the stream closes
                heard.fault = heard.fault or error
                return
            if line is None:
                return
            message = _message(line)
            if message is None:
                silent += 1
                continue
            try:
                await into.send(message)
            except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                return


async def _write(program: Program, given: Any, into: Any, heard: Heard) -> None:
    async for one in given:
        line = one.message.model_dump_json(by_alias=True, exclude_unset=True).encode()
        heard.sees(line)
        try:
            await program.send(line)
        except Exception as error:  # noqa: BLE001 - see above
            heard.fault = heard.fault or error
            await into.aclose()
            return


def _message(line: bytes) -> SessionMessage | None:
    try:
        read = mcp_types.jsonrpc_message_adapter.validate_json(line, by_name=False)
    except ValueError:
        return None
    return mcp.shared.message.SessionMessage(read)
