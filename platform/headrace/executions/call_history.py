"""Folds what agents called into what people look at: runs of the nodes that were lent, and costs.

The pages of the editor fold the same events (`features/runs/model/calls.ts`), so that a snapshot
and the events after it give what a fresh snapshot would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from headrace.executions import log
from headrace.executions.history import Step

STATUS: Final = {
    log.CALL_STARTED: "running",
    log.CALL_COMPLETED: "completed",
    log.CALL_FAILED: "failed",
    log.CALL_SUSPENDED: "waiting",
}


class CallHistory:
    """Of one execution. `costs` are millionths of a dollar by node: the agent's, and the lent's."""

    def __init__(self) -> None:
        self.costs: dict[str, int] = {}
        self._calls: dict[str, dict[str, Step]] = {}

    def hearing(self, events: Iterable[log.Event]) -> Iterator[log.Event]:
        """The same events, each taken in when it passes."""
        for event in events:
            if event.type in STATUS and event.node is not None:
                self._hear(event, event.node)
            yield event

    def shown(self, per_node: int) -> list[Step]:
        """The calls as runs of what was called, `<run of the agent>/<call>`; so many of a node."""
        return [call for calls in self._calls.values() for call in [*calls.values()][-per_node:]]

    def _hear(self, event: log.Event, agent: str) -> None:
        data: dict[str, Any] = event.data
        lent = data.get("node")
        cost = data.get("cost_micro")
        if isinstance(cost, int) and cost > 0:
            for payer in {agent, lent or agent}:
                self.costs[payer] = self.costs.get(payer, 0) + cost
        if not isinstance(lent, str) or lent == agent:
            return
        calls = self._calls.setdefault(lent, {})
        key = f"{event.run}/{data['call']}"
        _apply(calls.setdefault(key, Step(lent, key, len(calls))), event)


def _apply(call: Step, event: log.Event) -> None:
    data: dict[str, Any] = event.data
    call.status = STATUS[event.type]
    call.attempt = data.get("try") or call.attempt
    call.ended_at = None
    if call.status == "running":
        call.started_at, call.error = event.at_ms, None
    elif call.status != "waiting":
        call.started_at = call.started_at or event.at_ms - int(data.get("duration_ms") or 0)
        call.ended_at = event.at_ms
        call.error = data.get("error")
        if data.get("will_retry"):
            call.status = "retrying"
