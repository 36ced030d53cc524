"""The `mcp` package's own client in a conversation with one of our servers, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import mcp
from django.db import connections

from headrace.accounts.types import Actor
from headrace.egress.ports import Caller
from headrace.toolservers.serving import OwnServers
from nodes.ai.mcp_program import Heard, over_program


class Tools:
    """What a connected client is asked for in tests."""

    def __init__(self, client: mcp.Client) -> None:
        self.client = client

    async def names(self) -> list[str]:
        """Of all tools."""
        return [one.name for one in (await self.client.list_tools()).tools]

    async def gives(self, name: str, /, **arguments: Any) -> Any:
        """The structured result of a call that succeeds."""
        result = await self.client.call_tool(name, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    async def refuses(self, name: str, /, **arguments: Any) -> str:
        """What a call that fails says."""
        result = await self.client.call_tool(name, arguments)
        assert result.is_error, result.structured_content
        return "\n".join(one.text for one in result.content)


@asynccontextmanager
async def using(
    name: str,
    actor: Actor,
    *,
    credential: Any = None,
    session: str = "test",
    max_bytes: int = 10_000_000,
    is_nested: bool = False,
) -> AsyncIterator[Tools]:
    """The tools of a server, on behalf of an actor; `is_nested` in the tools of another."""
    # One thread, so that its connection can be closed before it ends with this loop.
    threads = None if is_nested else ThreadPoolExecutor(1)
    if threads is not None:
        asyncio.get_running_loop().set_default_executor(threads)
    caller = Caller(lambda: actor, session)
    started = OwnServers().started(name, caller, credential=credential, max_bytes=max_bytes)
    try:
        async with mcp.Client(over_program(started, Heard()), cache=None) as client:
            yield Tools(client)
    finally:
        await asyncio.to_thread(connections.close_all)
        if threads is not None:
            threads.shutdown()
