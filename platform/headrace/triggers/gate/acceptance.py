"""What webhooks and hosted pages share: find the trigger, commit its execution, hear the answer.

An execution is accepted when it, its input and its queue row are committed (P-1).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from psycopg_pool import AsyncConnectionPool

from headrace.executions.beginning import Beginning, ExecutionRef
from headrace.executions.doorbell import doorbell
from headrace.executions.queries import answers_of
from headrace.tenants.context import TenantRef
from headrace.triggers.gate import receive as receiving
from headrace.triggers.gate.answers import Answers
from headrace.triggers.gate.lookup import Registered, TriggerCache
from headrace_sdk.node import Arrival

WITHOUT_REDIS_S: Final = 0.4
"""So long a caller waits for an answer while Redis is out (engine-rules 36)."""

Told = dict[str, Any]
"""What a worker says about an execution that ended or replied."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A committed execution. `answer` is `None` where nobody waits for what it gives."""

    ref: ExecutionRef
    answer: asyncio.Future[Told] | None


class Acceptance:
    """The gate's own connections, what it remembers of triggers, and the open requests."""

    def __init__(self) -> None:
        self._triggers = TriggerCache()
        self._answers = Answers(settings.REDIS_URL, answers_of)
        self._pool: AsyncConnectionPool[Any] | None = None

    async def find(
        self, owner: TenantRef, method: str, path: str, *, is_test: bool
    ) -> Registered | None:
        """The trigger at an address, or `None`."""
        pool = await self._opened()
        return await self._triggers.find(pool, owner.id, method, path, is_test=is_test)

    def forget(self, owner: TenantRef, method: str, path: str) -> None:
        """What is remembered there turned out to be stale."""
        self._triggers.forget(owner.id, method, path)

    def beginning(
        self, trigger: Registered, arrival: Arrival, *, dedupe_key: str | None
    ) -> Beginning:
        """What to begin for an arrival."""
        waits = trigger.registration.respond != "immediately"
        channel = self._answers.channel if waits else None
        return receiving.beginning(trigger, arrival, dedupe_key=dedupe_key, answer_to=channel)

    @asynccontextmanager
    async def accepted(self, begun: Beginning, owner: TenantRef) -> AsyncIterator[Accepted | None]:
        """Commit it; `None` when the trigger's version is not the active one any more.

        Inside the block its answer is listened for.
        """
        waits = begun.answer_to is not None
        future = self._answers.expect(begun.execution_id, owner) if waits else None
        try:
            pool = await self._opened()
            async with pool.connection() as connection:
                ref = await receiving.accept(connection, begun)
            if ref is not None and ref.is_new:
                doorbell().ring(begun.lane)
            is_heard = future is not None and ref is not None and ref.is_new
            yield Accepted(ref, future if is_heard else None) if ref else None
        finally:
            if waits:
                self._answers.forget(begun.execution_id)

    async def told(self, accepted: Accepted) -> Told | None:
        """What the execution gave, waiting as long as it makes sense to."""
        if accepted.answer is None:
            return None
        waited, _ = await asyncio.wait({accepted.answer}, timeout=WITHOUT_REDIS_S)
        if not waited and not doorbell().is_broken and self._answers.is_connected:
            limit = settings.HEADRACE_RESPOND_TIMEOUT_S
            waited, _ = await asyncio.wait({accepted.answer}, timeout=limit - WITHOUT_REDIS_S)
        return accepted.answer.result() if waited else None

    async def told_before(self, execution_id: UUID, owner: TenantRef) -> Told | None:
        """What an execution that was begun by an earlier request gave, if it has ended."""
        return (await answers_of({execution_id: owner})).get(execution_id)

    async def _opened(self) -> AsyncConnectionPool[Any]:
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                settings.DATABASE_URL,
                min_size=1,
                max_size=8,
                kwargs={"autocommit": True},
                open=False,
                timeout=2.0,
                check=None,
                reconnect_timeout=5.0,
            )
            await self._pool.open()
            self._answers.start()
        return self._pool

    async def close(self) -> None:
        """Give back the connections and stop listening."""
        if self._pool is not None:
            await self._answers.stop()
            await self._pool.close()
