"""What can go wrong with an execution, each with the code that interfaces key on."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_sdk.errors import HeadraceError


class ExecutionNotFound(HeadraceError):
    """There is no such execution here."""

    code = "execution_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such execution.")


class InvalidMoment(HeadraceError):
    """A moment that was asked for is none."""

    code = "invalid_moment"
    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(f'"{name}" must be a moment such as 2026-11-21T08:00:00Z.')


class StepNotFound(HeadraceError):
    """The execution has no such step, or the step has not come so far."""

    code = "step_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This execution has no data for that step.")


class AlreadyEnded(HeadraceError):
    """It cannot be cancelled any more."""

    code = "execution_ended"
    status = 409

    def __init__(self, status: str) -> None:
        super().__init__(f"The execution has already ended: {status}.")


class StillOpen(HeadraceError):
    """It cannot be deleted yet."""

    code = "execution_open"
    status = 409

    def __init__(self, status: str) -> None:
        super().__init__(f"The execution has not ended yet: {status}. Stop it first.")


class WaitIsOver(HeadraceError):
    """The address to resume was used, has expired, or never existed."""

    code = "wait_is_over"
    status = 409

    def __init__(self) -> None:
        super().__init__("Nobody waits here: the address was used already, or its time is over.")


class NoTrigger(HeadraceError):
    """The workflow has no trigger that could start this run."""

    code = "no_trigger"
    status = 422


class LeftToOthers(HeadraceError):
    """This worker does not have the nodes of an execution and gave it back. Never leaves it."""

    code = "left_to_others"

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(f"This worker does not have {', '.join(kinds)}, or only older versions.")


class LeaseLost(HeadraceError):
    """Another worker holds the execution now; whatever this one computed is void."""

    code = "lease_lost"


class DatabaseLost(HeadraceError):
    """The database went away in the middle; nobody knows whether the last flush was stored."""

    code = "database_lost"
    status = 503

    def __init__(self) -> None:
        super().__init__("The database went away. The execution goes on when it is back.")


class CancelRequested(HeadraceError):
    """A step was about to start, and somebody has cancelled the execution."""

    code = "cancel_requested"


class NotRetryable(HeadraceError):
    """Only what failed can be continued from where it failed."""

    code = "execution_not_retryable"
    status = 409

    def __init__(self, status: str) -> None:
        super().__init__(f"Only a failed execution can be retried; this one is {status}.")


class ForkInstead(HeadraceError):
    """It failed in a way that leaves nothing to continue from; `final` says which."""

    code = "fork_instead"
    status = 409

    def __init__(self, final: str) -> None:
        why = {
            "undone": "what it had done was undone",
            "bound": "no step failed, but a limit on runs or turns was reached",
        }
        super().__init__(
            f"This execution cannot be retried: {why.get(final, final)}. "
            "Fork it from one of its steps instead, or run the workflow again."
        )


class StepNotUnknown(HeadraceError):
    """There is nothing to decide about this step."""

    code = "step_not_unknown"
    status = 409

    def __init__(self) -> None:
        super().__init__("There is nothing to decide: the outcome of this step is not unknown.")


class AlreadyDecided(HeadraceError):
    """Somebody else was faster."""

    code = "already_decided"
    status = 409

    def __init__(self) -> None:
        super().__init__("Somebody has decided this already.")
