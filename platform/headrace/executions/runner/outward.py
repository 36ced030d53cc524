"""What a step sets going outside of its own execution: calls of workflows, and events.

Nothing of it exists before the step's outcome is recorded: each is a rider of that flush, and
has an id that is the same in every attempt, so that a crash neither loses nor doubles it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from uuid import UUID, uuid5

from headrace.executions import calls
from headrace.executions.beginning import ACCEPT, arguments
from headrace.executions.doorbell import doorbell
from headrace.executions.ports import ports
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.journal import Rider
from headrace.executions.types import EmittedEvent
from headrace.tenants.threads import in_thread
from headrace_sdk.calls import CalledVersion, CallResult
from headrace_sdk.events import check_type
from headrace_sdk.items import Item, JsonObject


class Outward:
    """Of one attempt of one run."""

    def __init__(self, given: Assignment, node: str, run: str, attempt: int) -> None:
        self._given = given
        self._attempt = (node, run, attempt)
        self._emitted: dict[int, int] = {}
        self.riders: list[Rider] = []
        self.has_open_calls = False

    @cached_property
    def _step(self) -> calls.CallingStep:
        given, held = self._given, self._given.held
        return calls.CallingStep(
            held.execution_id, *self._attempt, given.mode, given.origin, held.lane
        )

    async def call(
        self,
        workflow: str,
        items: Sequence[Item],
        *,
        version: CalledVersion,
        item: int,
        wait: bool,
    ) -> str:
        """See `headrace_sdk.context.Context.call_workflow`."""
        made = await in_thread(
            calls.prepare, self._step, workflow, items, version=version, item=item, waits=wait
        )
        if isinstance(made, UUID):
            return str(made)
        after = partial(doorbell().ring, made.lane)
        self.riders.append(Rider(ACCEPT, arguments(self._given.owner, made), after))
        self.has_open_calls |= wait
        return str(made.execution_id)

    async def results(self) -> Sequence[CallResult]:
        """See `headrace_sdk.context.Context.call_results`."""
        return await in_thread(calls.results, self._step)

    def emit(self, kind: str, data: JsonObject, *, ordering_key: str, item: int) -> str:
        """See `headrace_sdk.context.Context.emit`."""
        step = self._step
        count = self._emitted[item] = self._emitted.get(item, 0) + 1
        event_id = uuid5(step.execution_id, f"event:{step.node}:{step.run}:{item}:{count}")
        emitted = EmittedEvent(
            id=event_id,
            kind=check_type(kind),
            data=data,
            ordering_key=ordering_key[:200],
            source={"execution": str(step.execution_id), "node": step.node, "run": step.run},
            hops=step.origin.get("hops", 0),
        )
        self.riders.append(Rider(*ports.events.emitted(self._given.owner, emitted)))
        return str(event_id)
