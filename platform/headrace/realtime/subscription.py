"""What one socket follows of one execution: sends every event once, in order, without a gap.

Messages of the channel layer are hints. What they carry is sent when it fits exactly behind what
was sent before; anything else is read from PostgreSQL (P-6, R-024 to R-026).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

from channels.db import database_sync_to_async

from headrace.executions import queries
from headrace_sdk.items import JsonObject

PAGE: Final = 500

SendFacts = Callable[[Sequence[JsonObject]], Awaitable[None]]


class Following:
    """The place of one socket in the log of one execution."""

    def __init__(
        self, execution: UUID, after: int, send: SendFacts, has_room: Callable[[], bool]
    ) -> None:
        self._execution = execution
        self._send = send
        self._has_room = has_room
        self._lock = asyncio.Lock()
        self.seq = after

    async def catch_up(self) -> None:
        """Send everything that is durable and was not sent yet, as far as the page keeps up."""
        async with self._lock:
            while self._has_room() and (facts := await self._read()):
                await self._forward(facts)
                if len(facts) < PAGE:
                    return

    async def hint(self, message: dict[str, Any]) -> None:
        """Take in what the channel layer says has been committed."""
        if message["to"] <= self.seq:
            return
        facts = message.get("facts")
        if facts is None or message["from"] > self.seq + 1:
            await self.catch_up()
            return
        async with self._lock:
            if self._has_room() and message["from"] <= self.seq + 1:
                await self._forward([fact for fact in facts if fact["seq"] > self.seq])

    async def _forward(self, facts: Sequence[JsonObject]) -> None:
        if facts:
            self.seq = int(facts[-1]["seq"])  # type: ignore[arg-type]
            await self._send(facts)

    async def _read(self) -> list[JsonObject]:
        facts: list[JsonObject] = await database_sync_to_async(_facts)(self._execution, self.seq)
        return facts


def _facts(execution: UUID, after: int) -> list[JsonObject]:
    return [queries.as_fact(event) for event in queries.events(execution, after=after, limit=PAGE)]
