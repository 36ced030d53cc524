"""Where an execution stands: what is open, what waits, and as little of the past as possible.

It is a fold over the log and is never stored but as a cache. It holds references, never items, and
forgets a scope with everything in it once it has closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from headrace.engine.events import Failure, PortCounts, StopReason
from headrace.engine.references import Source, StepInputs
from headrace.engine.run_key import ROOT, RunId, RunKey, Tag, Via


class Status(StrEnum):
    """The life of an execution. `STOPPING`: an error or a cancel is being carried out."""

    NEW = "new"
    RUNNING = "running"
    STOPPING = "stopping"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing can happen any more."""
        return self in {Status.COMPLETED, Status.FAILED, Status.CANCELLED}


class StepStatus(StrEnum):
    """The life of a run, as far as the core follows it."""

    READY = "ready"
    RUNNING = "running"
    RETRYING = "retrying"
    WAITING = "waiting"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Run:
    """An open run. `until` ends a pause or a wait; `wait` names the latest wait."""

    id: RunId
    key: RunKey
    inputs: StepInputs
    status: StepStatus = StepStatus.READY
    attempt: int = 1
    until: datetime | None = None
    wait: str = ""


class Held(NamedTuple):
    """A delivery that is kept until its time: for a join's round, or a loop's next turn."""

    order: Via
    port: str
    sources: tuple[Source, ...]


class Parked(NamedTuple):
    """A run-to-be of a node that waits for the nodes that it reads."""

    via: Via
    inputs: StepInputs


class Finished(NamedTuple):
    """What is remembered of a finished run while its scope is open: for `$("Name")`."""

    key: RunKey
    inputs: StepInputs
    outputs: PortCounts


@dataclass(slots=True)
class ScopeState:
    """One turn of a loop, or the root. A node is closed when it is no longer in `open_before`.

    `open_before` counts the neighbours that can still send a node something, `reads_before` those
    that it waits to read, `busy` its open runs and loops.
    """

    open_before: dict[str, int]
    reads_before: dict[str, int]
    busy: dict[str, int] = field(default_factory=dict)
    held: dict[str, list[Held]] = field(default_factory=dict)
    parked: dict[str, list[Parked]] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)
    """Joins that need nothing any more: `any`, n-of-m, or out of time."""
    returned: list[Held] = field(default_factory=list)
    """What came back to the head of the loop in this turn."""
    finished: dict[RunId, Finished] = field(default_factory=dict)


@dataclass(slots=True)
class Activation:
    """A loop that is going on: how many turns began, and how many of them are open.

    A loop over items takes apart `items`, `batch_size` a turn, and counts those that came back in
    `returned`. A `while` loop keeps the `inputs` of its last turn. `entry` is what opened it.
    """

    entry: StepInputs
    items: int = 0
    batch_size: int = 1
    begun: int = 0
    open: int = 0
    returned: int = 0
    inputs: StepInputs = ()


class Leaf(NamedTuple):
    """The last run of a node whose items went nowhere further: a candidate for the result.

    `has_items` is false where the run led nowhere because it let nothing through.
    """

    has_items: bool
    tag: Tag
    via: Via
    run: str
    outputs: PortCounts


@dataclass(slots=True)
class Stop:
    """Why the execution is being stopped; by a wish if there is no `error`."""

    error: Failure | None = None
    reason: StopReason = "person"


Ready: TypeAlias = tuple[int, Tag, Via, RunId]
"""A run that may start. The rank of its node, its tag and its way put it in canonical order."""


@dataclass(slots=True)
class State:
    """The whole state. `advance` changes it in place; nobody else does.

    `ready` is sorted in parallel order, and a stack (next run last) in sequential order. `active`
    are the open runs that are not ready. `deadlines` are those of joins, by their first round.
    """

    trigger: str
    status: Status = Status.NEW
    is_paused: bool = False
    pins: frozenset[str] = frozenset()
    stop: Stop | None = None
    scopes: dict[Tag, ScopeState] = field(default_factory=dict)
    activations: dict[RunKey, Activation] = field(default_factory=dict)
    runs: dict[RunId, Run] = field(default_factory=dict)
    ready: list[Ready] = field(default_factory=list)
    active: dict[RunId, None] = field(default_factory=dict)
    deadlines: dict[RunKey, datetime] = field(default_factory=dict)
    leaves: dict[str, Leaf] = field(default_factory=dict)
    runs_by_node: dict[str, int] = field(default_factory=dict)
    runs_total: int = 0
    started_at: datetime | None = None
    seen_at: datetime | None = None
    worked_s: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether the root scope is closed: everything that could run has run."""
        return not self.scopes[ROOT].open_before

    def begin_stop(self, stop: Stop) -> None:
        """From now on nothing starts, and what has not started never will."""
        self.stop = stop
        self.status = Status.STOPPING
        for *_, run in self.ready:
            del self.runs[run]
        self.ready.clear()

    def pass_time(self, at: datetime | None) -> None:
        """Count the time up to `at` as worked if a step was running."""
        if at is None:
            return
        runs = (self.runs[id_].status for id_ in self.active)
        if self.seen_at is not None and StepStatus.RUNNING in runs:
            self.worked_s += max(0.0, (at - self.seen_at).total_seconds())
        self.seen_at = at
