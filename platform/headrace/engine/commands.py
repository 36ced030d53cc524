"""What the engine wants done. Commands follow from the state alone, so none can be lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from headrace.engine.events import Event, Failure, StepStarted, StopReason
from headrace.engine.references import StepInputs


@dataclass(frozen=True, slots=True)
class RunStep:
    """Run an attempt, unless it is running already; answer with `StepCompleted` or another end.

    `tries` counts attempts since a person last wanted one, for the policy of retries. `turn` is the
    number of the innermost loop's turn. `wake` names the wait after which
    the node goes on; before the first one it is empty. With `execute_once` the node gets the first
    item only.
    """

    node: str
    run: str
    attempt: int
    inputs: StepInputs
    turn: int = 0
    wake: str = ""
    execute_once: bool = False
    tries: int = 1

    @property
    def id(self) -> str:
        """Stable name of this piece of work."""
        return f"run:{self.node}:{self.run}:{self.attempt}:{self.wake}"

    def started(self, at: datetime | None = None) -> StepStarted:
        """The event that says so."""
        return StepStarted(self.node, self.run, self.attempt, self.inputs, self.wake, at=at)


@dataclass(frozen=True, slots=True)
class UsePin:
    """Complete the run with the node's pinned items on `port`; do not run the node."""

    node: str
    run: str
    attempt: int
    port: str

    @property
    def id(self) -> str:
        """Stable name of this piece of work."""
        return f"pin:{self.node}:{self.run}"


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Report the event `then` when the database's clock says `at`."""

    id: str
    at: datetime
    then: Event


@dataclass(frozen=True, slots=True)
class StopStep:
    """End a run that is under way or waits: the execution is to stop.

    The shell lets a write end, cancels what only reads, withdraws a wait, and reports how it ended.
    """

    node: str
    run: str
    attempt: int

    @property
    def id(self) -> str:
        """Stable name of this piece of work."""
        return f"stop:{self.node}:{self.run}:{self.attempt}"


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing is left to do: record the end."""

    status: Literal["completed", "failed", "cancelled"]
    error: Failure | None = None
    reason: StopReason = "person"

    @property
    def id(self) -> str:
        """Stable name of this piece of work."""
        return "finish"


Command: TypeAlias = RunStep | UsePin | WaitUntil | StopStep | Finish
