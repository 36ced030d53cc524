"""What can happen to an execution. The engine's state is a fold over these, the log their record.

Times are aware datetimes and come from the database's clock. `outputs` are numbers of items by
port: the core never sees an item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias

from headrace.engine.references import StepInputs
from headrace.engine.run_key import RunId

RULES: Final = 1
"""The version of the firing rules; a log says by which it is to be folded."""

StopReason: TypeAlias = Literal["person", "parent", "time_limit", "deadline", "finished"]
WakeKind: TypeAlias = Literal["time", "token", "approval", "event", "child"]
PortCounts: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step or an execution failed; `item` is the index of the input item at fault."""

    code: str
    message: str
    node: str | None = None
    item: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, `at` a time that the core needs for limits only."""

    type: ClassVar[str]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkflowStarted(Event):
    """The trigger gave its items. `pins` are the nodes whose pinned items hold in this run."""

    type: ClassVar[str] = "workflow.started"
    trigger: str
    outputs: PortCounts
    pins: frozenset[str] = frozenset()
    rules: int = RULES


@dataclass(frozen=True, slots=True)
class CancelRequested(Event):
    """Somebody, or a time limit, wants the execution to end."""

    type: ClassVar[str] = "workflow.cancel_requested"
    reason: StopReason = "person"


@dataclass(frozen=True, slots=True)
class WorkflowPaused(Event):
    """Nothing new starts until `WorkflowResumed`."""

    type: ClassVar[str] = "workflow.paused"


@dataclass(frozen=True, slots=True)
class WorkflowWaiting(Event):
    """All that is open waits. A notice: it changes nothing."""

    type: ClassVar[str] = "workflow.waiting"


@dataclass(frozen=True, slots=True)
class WorkflowResumed(Event):
    """It goes on, after a pause or a wait."""

    type: ClassVar[str] = "workflow.resumed"


@dataclass(frozen=True, slots=True)
class WorkflowRetried(Event):
    """A failed execution goes on: every run that failed or was stopped begins another attempt.

    `runs` names those runs for readers of the log; the state knows them anyway.
    """

    type: ClassVar[str] = "workflow.retried"
    runs: tuple[RunId, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkflowForked(Event):
    """What follows was taken over from another execution. A notice: it changes nothing."""

    type: ClassVar[str] = "workflow.forked"


@dataclass(frozen=True, slots=True)
class WorkflowCompensating(Event):
    """The execution failed, and what it did is being undone, the last first."""

    type: ClassVar[str] = "workflow.compensating"


@dataclass(frozen=True, slots=True)
class WorkflowCompleted(Event):
    """The end: everything that could run has run."""

    type: ClassVar[str] = "workflow.completed"


@dataclass(frozen=True, slots=True)
class WorkflowFailed(Event):
    """The end, by an error."""

    type: ClassVar[str] = "workflow.failed"
    error: Failure


@dataclass(frozen=True, slots=True)
class WorkflowCancelled(Event):
    """The end, by wish."""

    type: ClassVar[str] = "workflow.cancelled"
    reason: StopReason = "person"


@dataclass(frozen=True, slots=True)
class StepEvent(Event):
    """Something that happened to one attempt of a run. One of a past attempt changes nothing."""

    node: str
    run: str
    attempt: int

    @property
    def id(self) -> RunId:
        """The run that it is about."""
        return RunId(self.node, self.run)


@dataclass(frozen=True, slots=True)
class StepQueued(StepEvent):
    """The run is due. A notice: the core knows it before."""

    type: ClassVar[str] = "workflow.step.queued"


@dataclass(frozen=True, slots=True)
class StepStarted(StepEvent):
    """An attempt began with these inputs, or went on after the wait that `wake` names."""

    type: ClassVar[str] = "workflow.step.started"
    inputs: StepInputs = ()
    wake: str = ""


@dataclass(frozen=True, slots=True)
class StepCompleted(StepEvent):
    """The run is done. Of a loop over items, `batch_size` items make one turn.

    Under `always_output` the shell adds the empty item and counts it.
    """

    type: ClassVar[str] = "workflow.step.completed"
    outputs: PortCounts
    batch_size: int = 1


@dataclass(frozen=True, slots=True)
class StepReused(StepEvent):
    """The run's result was taken over from another execution."""

    type: ClassVar[str] = "workflow.step.reused"
    outputs: PortCounts
    batch_size: int = 1


@dataclass(frozen=True, slots=True)
class StepFailed(StepEvent):
    """An attempt failed. With `will_retry` the next one is due at `next_at`, at once without.

    Of the last one, `outputs` counts what leaves all the same: under `on_error: continue` the
    error as items of the first port, under `error_port` the items that could not be handled.
    """

    type: ClassVar[str] = "workflow.step.failed"
    error: Failure
    will_retry: bool = False
    next_at: datetime | None = None
    outputs: PortCounts | None = None


@dataclass(frozen=True, slots=True)
class StepRetrying(StepEvent):
    """The pause before `attempt` is over, or a person wants it made after an unknown one."""

    type: ClassVar[str] = "workflow.step.retrying"


@dataclass(frozen=True, slots=True)
class StepWaiting(StepEvent):
    """The run waits, until a time or until somebody calls.

    `wait` names this wait among all waits of the run: an id, never the token that callers need.
    """

    type: ClassVar[str] = "workflow.step.waiting"
    waits_for: WakeKind
    wait: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepResumed(StepEvent):
    """The wait `wait` is over. For a join: its time is up, it takes what it has."""

    type: ClassVar[str] = "workflow.step.resumed"
    wait: str
    by: WakeKind = "time"


@dataclass(frozen=True, slots=True)
class StepUnknown(StepEvent):
    """Nobody knows whether the attempt had its effect; a person decides."""

    type: ClassVar[str] = "workflow.step.unknown"


@dataclass(frozen=True, slots=True)
class StepCancelled(StepEvent):
    """The run was stopped, or its wait withdrawn."""

    type: ClassVar[str] = "workflow.step.cancelled"


@dataclass(frozen=True, slots=True)
class StepSkipped(StepEvent):
    """Something came too late to matter. A notice: it changes nothing."""

    type: ClassVar[str] = "workflow.step.skipped"


ENDINGS: Final = (WorkflowCompleted, WorkflowFailed, WorkflowCancelled)

EVENT_TYPES: Final[Mapping[str, type[Event]]] = {
    kind.type: kind
    for kind in (
        WorkflowStarted,
        CancelRequested,
        WorkflowPaused,
        WorkflowWaiting,
        WorkflowResumed,
        WorkflowRetried,
        WorkflowForked,
        WorkflowCompensating,
        *ENDINGS,
        StepQueued,
        StepStarted,
        StepCompleted,
        StepReused,
        StepFailed,
        StepRetrying,
        StepWaiting,
        StepResumed,
        StepUnknown,
        StepCancelled,
        StepSkipped,
    )
}
