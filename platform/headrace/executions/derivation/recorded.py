"""What an execution has done so far, read from its log: the runs that another one may take over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from headrace.engine import RunId, StepInputs, inputs_from_json
from headrace.executions import log
from headrace.executions.blocks.ledger import Ledger, record
from headrace.executions.derivation.errors import NothingRecorded
from headrace.executions.edits import EDITED, items_in
from headrace.executions.history import LATE
from headrace_sdk.items import Item

ENDED: Final = frozenset({"completed", "reused"})
_NUMBERS: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run that ended with outputs, by `event`. `has_failed`: its error went on as items.

    `counts` has the numbers of items by port. `is_edited`: a person had replaced its input.
    """

    id: RunId
    inputs: StepInputs
    counts: Mapping[str, int]
    event: log.Event
    has_failed: bool = False
    is_edited: bool = False


@dataclass(slots=True)
class Past:
    """An execution's log, sorted by run. `seen` has every run that ever appeared, in log order.

    `edited` has the items by which people replaced inputs; port `""` is the leading one.
    `ledger` knows where the items are.
    """

    execution: UUID
    start: Mapping[str, Any]
    trigger: Recorded
    ended: dict[RunId, Recorded]
    seen: dict[RunId, None]
    edited: dict[RunId, Mapping[str, Sequence[Item]]]
    ledger: Ledger

    @property
    def pins(self) -> frozenset[str]:
        """The nodes whose pinned items held."""
        return frozenset(self.start.get("pins") or ())

    @property
    def nodes(self) -> list[str] | None:
        """The nodes that took part, where it was only a part of them."""
        found = self.start.get("nodes")
        return [str(node) for node in found] if found is not None else None

    def of(self, run: RunId) -> Recorded | None:
        """What a run left, if it ended with outputs."""
        return self.trigger if run == self.trigger.id else self.ended.get(run)

    def runs_of(self, node: str) -> list[RunId]:
        """The runs of a node, in canonical order."""
        return sorted((run for run in self.seen if run.node == node), key=_canonical)


def read(execution: UUID, events: Iterable[log.Event], *, until: int | None = None) -> Past:
    """The past of an execution, up to the event `until` where one is given.

    Raises:
        NothingRecorded: it has not begun.
    """
    reading = _Reading()
    for event in events:
        if until is not None and event.seq > until:
            break
        if event.type == "workflow.started":
            reading.start = event.data
        elif event.node is not None and event.run is not None and not event.data.get(LATE):
            reading.note(RunId(event.node, event.run), event)
    trigger = reading.ended.pop(RunId(str(reading.start.get("trigger")), "0"), None)
    if trigger is None:
        raise NothingRecorded
    return Past(
        execution,
        reading.start,
        trigger,
        reading.ended,
        reading.seen,
        reading.edited,
        reading.ledger,
    )


@dataclass(slots=True)
class _Reading:
    """What the events so far say."""

    start: Mapping[str, Any] = field(default_factory=dict)
    ended: dict[RunId, Recorded] = field(default_factory=dict)
    seen: dict[RunId, None] = field(default_factory=dict)
    edited: dict[RunId, Mapping[str, Sequence[Item]]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)

    def note(self, run: RunId, event: log.Event) -> None:
        """Take in an event of a step."""
        self.seen[run] = None
        record(self.ledger, run, event)
        if event.type == EDITED and event.outputs:
            self.edited[run] = items_in(event)
        elif _has_ended(event):
            self.ended[run] = _recorded(run, event, is_edited=run in self.edited)
        elif event.type == "workflow.step.started":
            self.ended.pop(run, None)


def _has_ended(event: log.Event) -> bool:
    what = event.type.removeprefix("workflow.step.")
    went_on = what == "failed" and not event.data.get("will_retry") and "outputs" in event.data
    return what in ENDED or went_on


def _recorded(run: RunId, event: log.Event, *, is_edited: bool) -> Recorded:
    data: Mapping[str, Any] = event.data
    counts = {port: facts["items"] for port, facts in (data.get("outputs") or {}).items()}
    inputs = inputs_from_json(data.get("inputs") or [])
    failed = event.type.endswith(".failed") or "error" in data
    return Recorded(run, inputs, counts, event, failed, is_edited)


def _canonical(run: RunId) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Turns of loops first, then the way; digests of very long names keep the log's order."""
    if run.run.startswith("h"):
        return (), ()
    turns, _, way = run.run.partition("~")
    return _whole(turns), _whole(way)


def _whole(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(text))
