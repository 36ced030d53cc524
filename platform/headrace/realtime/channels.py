"""The kinds of channels that a socket can follow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import UUID

from channels.db import database_sync_to_async

from headrace.accounts.permissions import can
from headrace.accounts.types import Actor
from headrace.executions import queries
from headrace.executions.errors import ExecutionNotFound
from headrace.realtime.names import execution_group
from headrace.realtime.subscription import Following
from headrace.tenants.context import TenantRef
from headrace_sdk.items import JsonObject

BEAT_TURNS: Final = 10


@dataclass(frozen=True, slots=True)
class Page:
    """The other end of a socket, for one channel."""

    send: Callable[[dict[str, Any]], Awaitable[None]]
    has_room: Callable[[], bool]
    id: str = ""
    """Names the socket, for the other people at the same thing."""


class ExecutionChannel:
    """Every event of one execution after a sequence number."""

    def __init__(
        self, name: str, owner: TenantRef, execution: UUID, after: int, page: Page
    ) -> None:
        self.name = name
        self.group = execution_group(owner.id, execution)
        self._send = page.send
        self._following = Following(execution, after, self._facts, page.has_room)

    @classmethod
    async def find(
        cls,
        name: str,
        owner: TenantRef,
        actor: Actor,
        execution: UUID,
        *,
        after: int,
        page: Page,
    ) -> Self | str:
        """The channel; `forbidden` or `not_found` where it may not be followed."""
        if not can(actor, "execution.view"):
            return "forbidden"
        try:
            await database_sync_to_async(queries.get)(execution)
        except ExecutionNotFound:
            return "not_found"
        return cls(name, owner, execution, after, page)

    async def open(self) -> None:
        """Send what was missed."""
        await self._following.catch_up()
        await self._send({"beat": self._following.seq})

    async def hint(self, message: dict[str, Any]) -> None:
        """Take in committed events, if they are of this execution."""
        if self.group.endswith(UUID(message["execution"]).hex):
            await self._following.hint(message)

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """Pass on progress and streamed text."""
        if self.group.endswith(UUID(message["execution"]).hex):
            await self._send({"ephemeral": message["facts"]})

    async def beat(self, turn: int) -> None:
        """Catch up, and say how far the log is now and then."""
        await self._following.catch_up()
        if turn % BEAT_TURNS == 0:
            await self._send({"beat": self._following.seq})

    async def _facts(self, facts: Sequence[JsonObject]) -> None:
        await self._send({"seq": facts[-1]["seq"], "events": list(facts)})
