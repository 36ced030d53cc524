"""What the expressions of a write came to before its first attempt, for all that follow it.

A later attempt sends the same idempotency key, so it must make the same call: also when a workflow
was renamed meanwhile, or another release evaluates an expression otherwise (engine-rules 13).
Literals stand in the version, which never changes, and what secret fields come to is never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from headrace import engine
from headrace.engine import RunStep
from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.journal import encode_items
from headrace.executions.runner.parameters import Results
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.step import Attempt
from headrace_sdk.items import Item

PORT: Final = "parameters"
_ROW: Final = "results"


class Frozen:
    """Knows where the log has them, for every run that may be attempted again."""

    def __init__(self, recorder: Recorder, intake: Intake) -> None:
        self._recorder = recorder
        self._intake = intake
        self._places: dict[RunId, log.Ref] = {}

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is None or event.run is None:
            return
        if event.type == log.PREPARED:
            self._note((event.node, event.run), event)
        elif event.type == "workflow.step.completed":
            self._places.pop((event.node, event.run), None)

    async def rows(self, run: RunId) -> Sequence[Results] | None:
        """By item, or one row for all; `None` where nothing was kept of this run."""
        place = self._places.get(run)
        if place is None:
            return None
        items = await self._intake.beside(place)
        return [cast("Results", item.json[_ROW]) for item in items]

    def keep(self, command: RunStep, attempt: Attempt) -> None:
        """Let the next flush make them durable, unless an earlier attempt did.

        Raises:
            UnstorableOutput: a result is not JSON; nothing was noted.
        """
        run = (command.node, command.run)
        if attempt.parameters.is_constant or run in self._places:
            return
        rows = attempt.parameters.to_keep(attempt.results)
        kept = encode_items({PORT: [Item({_ROW: [*row]}) for row in rows]})
        self._note(run, self._recorder.prepared(command, kept))

    def ended(self, run: RunId) -> None:
        """An attempt is over: forget the run if there is no other, not even by hand."""
        state, id_ = self._recorder.state, engine.RunId(*run)
        if id_ not in state.runs and id_ not in state.kept:
            self._places.pop(run, None)

    def _note(self, run: RunId, event: log.Event) -> None:
        pages = (event.outputs or {}).get(PORT, ())
        self._places[run] = log.Ref(event.seq, PORT, 0, sum(page.items for page in pages))
