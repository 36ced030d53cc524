"""Agents as steps: what the runner of steps has to do for them besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from headrace.engine import RunStep
from headrace.engine.state import Run
from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.agents.interrupted import CallInDoubt, CallWaits
from headrace.executions.runner.agents.lending import Lending
from headrace.executions.runner.agents.making import Ended
from headrace.executions.runner.agents.records import RESULT, CallRecord, CallRecords
from headrace.executions.runner.agents.workshop import Bench
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.attempts import Attempts
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.journal import encode_items
from headrace.executions.runner.outcome import Failed, Failure, Held, Outcome
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.step import Attempt
from headrace.executions.runner.waits import Waits
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.node import is_agent


class Agents:
    """Of one execution."""

    def __init__(
        self, given: Assignment, recorder: Recorder, attempts: Attempts, intake: Intake
    ) -> None:
        self._recorder = recorder
        self.records = CallRecords()
        recorder.heard = self.records.hear
        self._bench = Bench(given.workflow, given.held, attempts, recorder, intake, Counter())

    @property
    def writing(self) -> set[RunId]:
        """The steps of which a call that writes is under way."""
        return {run for run, count in self._bench.writes.items() if count}

    def equip(self, command: RunStep, attempt: Attempt) -> None:
        """Lend an agent what is tied to it."""
        found = attempt.node.node_class
        if found is None or not is_agent(found):
            return
        lending = Lending(self._bench, self.records, command, attempt.inputs, attempt.context)
        attempt.context.lent = lending.attached

    async def is_held_up(self, command: RunStep, outcome: Outcome, waits: Waits) -> bool:
        """Does the step wait for a call, or for a person to decide about one? Then it is noted."""
        if isinstance(outcome, Failed):
            return self.left_in_doubt(command, outcome.failure)
        by = outcome.by if isinstance(outcome, Held) else None
        if isinstance(by, CallWaits):
            await waits.open(command, by.suspension, by.notes, call=by.place.to_json())
        elif isinstance(by, CallInDoubt):
            self._recorder.unknown(command, by.failure, {"call": by.path})
        return by is not None

    def left_in_doubt(self, command: RunStep, failure: Failure) -> bool:
        """Was a call cut off while it wrote? Then a person is asked, whatever else happened."""
        doubtful = self.records.in_doubt((command.node, command.run))
        if not doubtful:
            return False
        told = Failure("outcome_unknown", failure.message, sent="maybe")
        self._recorder.unknown(command, told, {"call": doubtful[0].path})
        return True

    def settle(
        self, run: Run, decision: str, items: Sequence[Item] | None, not_happened: Failure
    ) -> bool:
        """A person knows what became of the calls in doubt; false where there are none."""
        doubtful = self.records.in_doubt(run.id)
        for call in doubtful:
            if decision == "run_again":
                self._note(run, call, "failed", {"will_retry": True})
            elif decision == "not_happened":
                error = not_happened.to_json(str(call.facts.get("node") or ""))
                self._note(run, call, "failed", {"error": error})
            else:
                self._note(run, call, "completed", {}, Ended(items or [Item({})]))
        return bool(doubtful)

    def _note(
        self,
        run: Run,
        call: CallRecord,
        what: str,
        facts: JsonObject,
        ended: Ended | None = None,
    ) -> None:
        known = {name: call.facts.get(name) for name in ("call", "kind", "name", "node")}
        kept = encode_items({RESULT: ended.items}) if ended is not None else None
        self._recorder.call(what, run.id, run.attempt, {**known, **facts}, kept)
        call.items = tuple(ended.items) if ended is not None else None
