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
    """The life of a run, as far as the core follows it.

    The last three are those of runs that a stop ended or kept from starting.
    """

    READY = "ready"
    RUNNING = "running"
    RETRYING = "retrying"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SHELVED = "shelved"


@dataclass(slots=True)
class Run:
    """An open run. `until` ends a pause or a wait; `wait` names the latest wait.

    `earlier` attempts were made before a person wanted another one; the policy of retries counts
    from there.
    """

    id: RunId
    key: RunKey
    inputs: StepInputs
    status: StepStatus = StepStatus.READY
    attempt: int = 1
    until: datetime | None = None
    wait: str = ""
    earlier: int = 0

    def attempt_anew(self) -> None:
        """A person wants another attempt."""
        self.earlier = self.attempt
        self.attempt += 1


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
    cut_off: set[str] = field(default_factory=set)
    """Nodes of which it was told that something came, or would have come, too late."""
    returned: list[Held] = field(default_factory=list)
    """What came back to the head of the loop in this turn."""
    finished: dict[RunId, Finished] = field(default_factory=dict)
    """Its own runs, and those inside its loops from which something left the loop directly."""
    turned: dict[RunId, Finished] = field(default_factory=dict)
    """The runs of the last turn of each of its loops."""
    last_turns: dict[RunKey, LastTurn] = field(default_factory=dict)


class LastTurn(NamedTuple):
    """Which turn of a loop it was that ended, and the runs that it had."""

    number: int
    runs: tuple[RunId, ...]


@dataclass(slots=True)
class Activation:
    """A loop that is going on: how many turns began, and how many of them are open.

    A loop over items takes apart `items`, `batch_size` a turn, and counts those that came back in
    `returned` and the failures that it collects in `failed`. A `while` loop keeps the `inputs` of
    its last turn. `entry` is what opened it.
    """

    entry: StepInputs
    items: int = 0
    batch_size: int = 1
    begun: int = 0
    open: int = 0
    returned: int = 0
    failed: int = 0
    inputs: StepInputs = ()


class EndedTurn(NamedTuple):
    """What a turn came to, for the shell: the core forgets it with the next event.

    `loop` is the run of the head. `returned` is what the turn gives to the port `done` of a loop
    over items, in order. If a failure ended the turn, `error` is that failure, and the one item
    that says so is known as `failed`.
    """

    loop: RunId
    turn: int
    returned: tuple[Source, ...]
    error: Failure | None = None
    failed: Source | None = None


class Skipped(NamedTuple):
    """A run that never starts, because all that it could serve has enough.

    Of a join that has had enough it stands for a delivery, `late`, that comes after that.
    """

    run: RunId
    attempt: int
    late: StepInputs = ()


class Broken(NamedTuple):
    """A turn in which a run failed for good: nothing starts there any more.

    It ends when what was under way there has ended and what was done there is undone.
    """

    error: Failure
    source: Source


class Undo(NamedTuple):
    """What is to be done to undo a run: the body of the head `key`, with these items.

    `book` remembers the runs before it whose turn may be over by then.
    """

    key: RunKey
    sources: tuple[Source, ...]
    book: dict[RunId, Finished]


@dataclass(slots=True)
class Undoing:
    """An undo that is under way, for the sake of a broken turn or of the whole execution (root)."""

    undo: Undo
    region: Tag


class Late(NamedTuple):
    """A run that ended while the execution was being stopped: a retry goes on from there."""

    run: Run
    outputs: PortCounts
    batch_size: int


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
    """Why the execution is being stopped; by a wish if there is no `error`.

    It `is_final` if the rules ended it in the middle of something, so that no retry can go on.
    """

    error: Failure | None = None
    reason: StopReason = "person"
    is_final: bool = False
    is_undoing: bool = False


Ready: TypeAlias = tuple[int, Tag, Via, RunId]
"""A run that may start. The rank of its node, its tag and its way put it in canonical order."""


@dataclass(slots=True)
class State:
    """The whole state. `advance` changes it in place; nobody else does.

    `ready` is sorted in parallel order, and a stack (next run last) in sequential order. `active`
    are the open runs that are not ready. `deadlines` are those of joins, by their first round.
    `broken` are turns that a failure ended, `undoing` the bodies that undo something by their tags,
    `undos` what there is to undo, the first first. `ended` is what the last event ended,
    `skipped` what it made superfluous. `kept` are
    runs that a stop ended or kept from starting, and `late` those that ended all the same: a retry
    goes on from there.
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
    broken: dict[Tag, Broken] = field(default_factory=dict)
    undoing: dict[Tag, Undoing] = field(default_factory=dict)
    undos: list[Undo] = field(default_factory=list)
    kept: dict[RunId, Run] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)
    ended: list[EndedTurn] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
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

    def barrier(self, tag: Tag) -> Tag | None:
        """What keeps things with this tag from going on: a broken turn, or a stop of all (root).

        What undoes something goes on where all else has stopped.
        """
        if self.stop is None and not self.broken:
            return None
        for depth in range(len(tag), 0, -1):
            if tag[:depth] in self.broken:
                return tag[:depth]
            if tag[:depth] in self.undoing:
                return None
        return ROOT if self.stop is not None else None

    def pass_time(self, at: datetime | None) -> None:
        """Count the time up to `at` as worked if a step was running."""
        if at is None:
            return
        runs = (self.runs[id_].status for id_ in self.active)
        if self.seen_at is not None and StepStatus.RUNNING in runs:
            self.worked_s += max(0.0, (at - self.seen_at).total_seconds())
        self.seen_at = at
