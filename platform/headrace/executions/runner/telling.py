"""Who is told what of one execution: the caller who waits for its answer, and who watches it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from headrace.executions import crash_points, log
from headrace.executions.queries import as_fact
from headrace.executions.runner.assignment import Assignment

PUBLISH_EVERY_S: Final = 0.05


class Audience:
    """Only what is durable may be told (engine-rules 11): `committed` follows every flush."""

    def __init__(self, given: Assignment) -> None:
        self._held = given.held
        self._resources = given.resources
        self._workflow_id = given.workflow_id
        self._answer_to = given.answer_to
        self._tasks: set[asyncio.Task[None]] = set()
        self._unpublished: list[log.Event] = []
        self._publishing: asyncio.Task[None] | None = None
        self.is_answered = False

    @property
    def waits_for_result(self) -> bool:
        """Does somebody wait for the items of the last node?"""
        return self._answer_to is not None and not self.is_answered

    async def tell(self, told: dict[str, Any]) -> None:
        """Answer the caller, if there is one."""
        if self._answer_to:
            execution = str(self._held.execution_id)
            await self._resources.answer(self._answer_to, {"execution": execution, **told})
            crash_points.reach("after_answer")

    def committed(self, events: Sequence[log.Event]) -> None:
        """What became durable may now be seen: answers at once, events in batches."""
        for event in events:
            if "reply" in event.data:
                self.is_answered = True
                told = {"status": "running", "reply": event.data["reply"]}
                self._tasks.add(asyncio.create_task(self.tell(told)))
        held = self._held
        if self._resources.live.is_watched(held.tenant_id, held.execution_id, self._workflow_id):
            self._unpublished += events
            if self._publishing is None or self._publishing.done():
                self._publishing = asyncio.create_task(self._publish())

    async def close(self) -> None:
        """Give what is on its way a moment to arrive."""
        last = self._tasks | ({self._publishing} if self._publishing else set())
        if last:
            await asyncio.wait(last, timeout=1)

    async def _publish(self) -> None:
        held = self._held
        while self._unpublished:
            events, self._unpublished = self._unpublished, []
            crash_points.reach("before_publish")
            facts = [as_fact(event) for event in events]
            await self._resources.live.publish(
                held.tenant_id, held.execution_id, self._workflow_id, facts
            )
            await asyncio.sleep(PUBLISH_EVERY_S)
