"""Folds the log of one execution into what people look at: steps with times, counts and errors."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from headrace.executions.log import CALLS, Event

STEP: Final = "workflow.step."
STATUS_AFTER: Final = {
    "queued": "queued",
    "started": "running",
    "completed": "completed",
    "failed": "failed",
    "retrying": "retrying",
    "waiting": "waiting",
    "resumed": "running",
    "unknown": "unknown",
    "skipped": "skipped",
    "cancelled": "cancelled",
    "reused": "cached",
}
LATE: Final = "is_late"
"""Says of a skipped "run" that it is none: items that came too late for a join that has run."""
ENDED: Final = frozenset({"completed", "failed", "skipped", "cancelled", "cached"})


@dataclass(slots=True)
class Step:
    """One run of one node as it stands now. Times are milliseconds since the epoch.

    `failed_items` is how many items of a run that completed failed all the same. `in_doubt` says,
    of one that acts item by item, of which it is unknown whether they had their effect: `items` are
    the first of their indexes, `count` is how many they are, `done` how many went through.
    """

    node: str
    run: str
    run_index: int
    status: str = "queued"
    attempt: int = 1
    queued_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    items_in: dict[str, int] = field(default_factory=dict)
    items_out: dict[str, int] = field(default_factory=dict)
    inputs: list[Any] = field(default_factory=list)
    error: Any = None
    waiting: Any = None
    failed_items: int = 0
    in_doubt: Any = None
    log: list[Any] = field(default_factory=list)

    @property
    def duration_ms(self) -> int | None:
        """From the start to the end, or `None` while it goes on."""
        if self.started_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.started_at


def steps(events: Iterable[Event], *, per_node: int | None = None) -> list[Step]:
    """Every step of an execution, in the order in which they first appeared.

    Of a node with more than `per_node` steps that completed, the earlier ones are left out.
    """
    found: dict[tuple[str, str], Step] = {}
    completed: dict[str, deque[tuple[str, str]]] = {}
    for event in events:
        if not event.type.startswith(STEP) or event.node is None or event.run is None:
            continue
        if event.data.get(LATE) or event.type in CALLS:
            continue
        key = (event.node, event.run)
        step = found.setdefault(key, Step(event.node, event.run, event.run_index or 0))
        _apply(step, event)
        if per_node is not None and event.type == "workflow.step.completed":
            known = completed.setdefault(event.node, deque())
            known.append(key)
            if len(known) > per_node:
                found.pop(known.popleft(), None)
    return list(found.values())


def _apply(step: Step, event: Event) -> None:
    what = event.type.removeprefix(STEP)
    if what == "collected":
        _collect(step, event)
        return
    step.status = STATUS_AFTER.get(what, step.status)
    step.attempt = event.attempt or step.attempt
    data: dict[str, Any] = event.data
    step.queued_at = step.queued_at or _number(data.get("queued_at")) or event.at_ms
    if what == "failed" and data.get("will_retry"):
        step.status = "retrying"
    if what == "started":
        step.started_at = event.at_ms
        step.ended_at = None
    started = _number(data.get("started_at"))
    step.started_at = started or step.started_at
    if step.status in ENDED:
        step.ended_at = event.at_ms
        step.started_at = step.started_at or event.at_ms
    if "inputs" in data:
        step.inputs = list(data["inputs"])
        step.items_in = {}
        for one in step.inputs:
            step.items_in[one["port"]] = step.items_in.get(one["port"], 0) + one["items"]
    if "outputs" in data:
        step.items_out = {port: facts["items"] for port, facts in data["outputs"].items()}
    step.error = data.get("error", None if what == "completed" else step.error)
    step.waiting = {k: data.get(k) for k in ("for", "until")} if what == "waiting" else None
    step.failed_items = _number(data.get("failed_items")) or 0
    step.in_doubt = data.get("in_doubt") if what == "unknown" else None
    step.log += data.get("log") or []


def _collect(step: Step, event: Event) -> None:
    """A loop has stored what came back in some of its turns."""
    outputs: Any = event.data["outputs"]
    for port, facts in outputs.items():
        step.items_out[port] = step.items_out.get(port, 0) + facts["items"]


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None
