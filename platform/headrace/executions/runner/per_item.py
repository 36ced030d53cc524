"""What the end of an attempt means where every item has an outcome of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from headrace.engine import RunId, RunStep, is_stopped
from headrace.engine.graph import Node
from headrace.executions.runner import crashing, failing
from headrace.executions.runner.item_outcomes import ItemOutcomes, ItemRecord, RunOutcomes
from headrace.executions.runner.outcome import Failure
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.scope import leading
from headrace.executions.runner.step import Attempt
from headrace_sdk.items import Inputs, Item, JsonObject

SHOWN: Final = 100
"""So many of the items in doubt are named in the event."""


class PerItem:
    """Notes such ends. Good items go on, failed ones follow the node's error rules."""

    def __init__(self, recorder: Recorder, outcomes: ItemOutcomes, execution: str) -> None:
        self._recorder = recorder
        self._outcomes = outcomes
        self._execution = execution

    def equip(self, command: RunStep, attempt: Attempt, stakes: failing.Stakes) -> None:
        """Give an attempt its record."""
        run = (command.node, command.run)
        planned = self._recorder.graph.nodes[command.node]
        wish = attempt.node.settings.get("batch_flush")
        attempt.context.outcomes = RunOutcomes(
            run,
            self._outcomes.of(run),
            self._recorder,
            is_write=stakes.effect == "write",
            stops=planned.settings.on_error == "stop",
            items=len(leading(attempt.inputs)),
            per_flush=wish if isinstance(wish, int) and wish > 0 else 1,
        )
        if stakes.effect == "write":
            self._outcomes.writes(run, command.attempt)

    def was_cut(self, command: RunStep, attempt: Attempt) -> bool:
        """After a crash: is any item in doubt? If so a person is asked."""
        record = self._outcomes.of((command.node, command.run))
        if not record.in_doubt:
            return False
        self._ask(command, attempt, record, crashing.lost())
        return True

    def ended(
        self, command: RunStep, attempt: Attempt, stakes: failing.Stakes, failure: Failure | None
    ) -> bool:
        """Note the end of an attempt; `failure` is that of the node as a whole.

        False when every item went well, so that the run is complete with what the node returned.
        """
        run = (command.node, command.run)
        record = self._outcomes.of(run)
        missing = [
            item
            for item in range(len(leading(attempt.inputs)))
            if item not in record.results and item not in record.failures
        ]
        is_stopping = is_stopped(self._recorder.state, RunId(*run))
        if failure is None and not record.failures and not (missing and is_stopping):
            self._outcomes.forget(run)
            return False
        if failure is None and missing and is_stopping:
            self.stopped(command)
            return True
        failures = dict(record.failures)
        if failure is not None:
            unsent = replace(failure, sent="no")
            in_doubt = set(record.in_doubt)
            failures |= {one: failure if one in in_doubt else unsent for one in missing or [0]}
        self._judge(command, attempt, stakes, failures)
        return True

    def stopped(self, command: RunStep) -> None:
        """The attempt was ended from outside."""
        run = (command.node, command.run)
        record = self._outcomes.of(run)
        self._outcomes.keep(run, command.attempt)
        if record.in_doubt:
            facts = _doubt(record)
            self._recorder.unknown(command, crashing.cut_off(), facts)
        else:
            self._recorder.cancelled(*run, command.attempt)
        self._outcomes.forget(run)

    def _judge(
        self,
        command: RunStep,
        attempt: Attempt,
        stakes: failing.Stakes,
        failures: Mapping[int, Failure],
    ) -> None:
        run = (command.node, command.run)
        record, notes = self._outcomes.of(run), attempt.context.notes
        planned = self._recorder.graph.nodes[command.node]
        first = failures[min(failures)]
        doubtful = [one for one in failures if stakes.is_unknown(failures[one], planned)]
        if doubtful:
            for item in doubtful:
                record.failures.pop(item, None)
            self._ask(command, attempt, record, failures[min(doubtful)])
            return
        again = {one: each for one, each in failures.items() if stakes.may_repeat(each)}
        delays = [self._pause_s(planned, each, command) for each in again.values()]
        if any(delay is not None for delay in delays):
            self._outcomes.keep(run, command.attempt, again=[*again])
            retry_in_s = max(delay for delay in delays if delay is not None)
            self._recorder.failed(command, first, notes, retry_in_s=retry_in_s)
            return
        outputs = _leaving(planned, attempt, record, failures)
        if outputs is None:
            # Whoever retries the execution repeats what failed, and nothing else.
            self._outcomes.keep(run, command.attempt, again=[*failures])
            self._recorder.failed(command, first, notes)
        elif record.results:
            notes.failed_items = len(failures)
            self._recorder.completed(command, outputs, notes)
        else:
            self._recorder.failed(command, first, notes, outputs=outputs)
        self._outcomes.forget(run)

    def _ask(
        self, command: RunStep, attempt: Attempt, record: ItemRecord, failure: Failure
    ) -> None:
        self._outcomes.keep((command.node, command.run), command.attempt)
        facts = _doubt(record)
        if attempt.context.notes.lines:
            facts["log"] = [*attempt.context.notes.lines]
        self._recorder.unknown(command, failure, facts)

    def _pause_s(self, planned: Node, failure: Failure, command: RunStep) -> float | None:
        return failing.pause_s(
            planned,
            failure,
            execution=self._execution,
            run=(command.node, command.run),
            attempt=command.tries,
        )


def _doubt(record: ItemRecord) -> JsonObject:
    in_doubt = record.in_doubt
    return {
        "in_doubt": {
            "items": [*in_doubt[:SHOWN]],
            "count": len(in_doubt),
            "done": len(record.results),
        }
    }


def _leaving(
    planned: Node, attempt: Attempt, record: ItemRecord, failures: Mapping[int, Failure]
) -> Mapping[str, Sequence[Item]] | None:
    """Results and errors by port; `None` where an error stops the execution."""
    policy, first = planned.settings.on_error, planned.first_output
    name, inputs = attempt.node.name, attempt.inputs
    if policy == "stop" or (policy == "continue" and first is None):
        return None
    found: dict[str, list[Item]] = {}
    for item in sorted({*record.results, *failures}):
        if item in record.results:
            for port, items in record.results[item].items():
                found.setdefault(port, []).extend(items)
            continue
        error = failures[item].to_json(name)
        if policy == "continue" and first is not None:
            found.setdefault(first, []).append(Item({"error": error}).at(item))
        else:
            found.setdefault("error", []).append(_with_error(inputs, item, error))
    return found


def _with_error(inputs: Inputs, item: int, error: JsonObject) -> Item:
    given = leading(inputs)
    failed = given[item] if item < len(given) else Item({})
    return Item({**failed.json, "error": error}, failed.binary).at(item)
