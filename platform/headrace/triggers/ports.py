"""What the triggers app needs from its neighbours, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from headrace.accounts.types import Actor
from headrace.chats.parts import Part
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject


class LiveParts(Protocol):
    """What a conversation shows of an execution while it goes on. May lose anything."""

    def following(
        self, tenant: UUID, execution: UUID
    ) -> AbstractAsyncContextManager[asyncio.Queue[Part]]:
        """Follow one execution, from before it begins."""


class ToolServers(Protocol):
    """MCP servers that come with Headrace. `place` is a name, or a name and what it works with.

    Both raise `Forbidden`, or `UserError` where there is no such server.
    """

    async def listed(self, place: str, actor: Actor) -> JsonObject:
        """The result of `tools/list`."""
        ...

    async def called(
        self, place: str, actor: Actor, tool: str, arguments: Mapping[str, Any]
    ) -> JsonObject:
        """The result of `tools/call`. A tool that fails says so in its result."""
        ...


class NoToolServers:
    """Stands in until they are wired: there are no such places."""

    async def listed(self, place: str, actor: Actor) -> JsonObject:
        """None."""
        del actor
        raise _no_server(place)

    async def called(
        self, place: str, actor: Actor, tool: str, arguments: Mapping[str, Any]
    ) -> JsonObject:
        """None."""
        del actor, tool, arguments
        raise _no_server(place)


def _no_server(place: str) -> UserError:
    return UserError(f"There is no built-in server {place[:60]!r}.", code="no_such_server")


class Silence:
    """Stands in until realtime is wired: no step shows anything."""

    @asynccontextmanager
    async def following(self, tenant: UUID, execution: UUID) -> AsyncIterator[asyncio.Queue[Part]]:
        """A queue that stays empty."""
        del tenant, execution
        yield asyncio.Queue()


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    parts: LiveParts = field(default_factory=Silence)
    servers: ToolServers = field(default_factory=NoToolServers)


ports = Ports()
