"""Finds the step that took its worker with it too often (engine-rules 25)."""

from __future__ import annotations

from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.facts import is_progress
from headrace.executions.runner.outcome import Failed, Failure

MESSAGE = (
    "The worker died each time while this step was under way, so it is not run again. "
    "Look for what takes a whole process with it: memory, native code."
)


class Culprit:
    """A fold over the log: the run that started last and has no outcome.

    It is to blame, since an execution that lost a worker runs one step at a time. Nobody is to
    blame before the last crash that is borne (`is_poison`).
    """

    def __init__(self, *, is_poison: bool) -> None:
        self._is_poison = is_poison
        self._last: RunId | None = None

    @property
    def is_known(self) -> bool:
        """Was a step open when the last worker died?"""
        return self._is_poison and self._last is not None

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is None or event.run is None:
            return
        run = (event.node, event.run)
        if event.type == "workflow.step.started":
            self._last = run
        elif run == self._last and is_progress(event):
            self._last = None

    def crash_of(self, run: RunId) -> Failed | None:
        """Why this run is not made again, if it is to blame; asked once."""
        if not self.is_known or run != self._last:
            return None
        self._last = None
        return Failed(Failure("crashed", MESSAGE, sent="maybe"))
