"""The outcome of every item of a run, over all its attempts, so that no call is repeated.

Of a run that writes, the log tells before a call which items are about to be acted on, and with
the next flush what became of them (engine-rules 10): after a crash only those in between are in
doubt. Of a run that reads it tells what is done when an attempt fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from headrace import engine
from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.errors import CancelRequested
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.journal import Blocks, encode_items
from headrace.executions.runner.outcome import Failure, failure_of
from headrace.executions.runner.recorder import Recorder
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject, JsonValue, Outputs


@dataclass(slots=True)
class ItemRecord:
    """What is known of the items of one run; `unlogged` is what the log was not told yet.

    Of a result that another worker recorded only its place is known, in `stored`, until it is
    loaded.
    """

    begun: set[int] = field(default_factory=set)
    results: dict[int, Outputs] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    unlogged_begun: list[int] = field(default_factory=list)
    unlogged_results: dict[int, Outputs] = field(default_factory=dict)
    stored: list[Stored] = field(default_factory=list)

    @property
    def in_doubt(self) -> list[int]:
        """Items that were acted on, with nobody knowing how that ended."""
        return sorted(self.begun - self.results.keys() - self.failures.keys())

    def done(self, item: int, outputs: Outputs) -> None:
        """Note a result.

        Raises:
            UnstorableOutput: it is not JSON.
        """
        linked = {port: [_linked(one, item) for one in made] for port, made in outputs.items()}
        # Whether it can be stored has to be known here, where the item could still fail.
        encode_items(linked)
        self.results[item] = self.unlogged_results[item] = linked

    def collect(self) -> Outputs:
        """The results in the order of the items."""
        found: dict[str, list[Item]] = {}
        for _, outputs in sorted(self.results.items()):
            for port, items in outputs.items():
                found.setdefault(port, []).extend(items)
        return found

    def take_unlogged(self) -> tuple[JsonObject, Blocks]:
        """What the log is to be told: facts, and results to be kept beside; maybe nothing."""
        results, self.unlogged_results = self.unlogged_results, {}
        begun, self.unlogged_begun = self.unlogged_begun, []
        if not (begun or results):
            return {}, {}
        counts: list[JsonValue] = [
            [item, {port: len(made) for port, made in outputs.items()}]
            for item, outputs in results.items()
        ]
        joined: dict[str, list[Item]] = {}
        for outputs in results.values():
            for port, made in outputs.items():
                joined.setdefault(port, []).extend(made)
        return {"begun": [*begun], "results": counts}, encode_items(joined)


@dataclass(frozen=True, slots=True)
class Stored:
    """The results that one event has beside it: of each item how many by port, in order."""

    seq: int
    counts: Sequence[tuple[int, Mapping[str, int]]]

    async def load(self, intake: Intake) -> dict[int, Outputs]:
        """The results by item."""
        totals: Counter[str] = Counter()
        for _, counts in self.counts:
            totals.update(counts)
        made = {
            port: iter(await intake.beside(log.Ref(self.seq, port, 0, total)))
            for port, total in totals.items()
        }
        return {
            item: {port: [*islice(made[port], count)] for port, count in counts.items()}
            for item, counts in self.counts
        }


class ItemOutcomes:
    """The records of all open runs of one execution."""

    def __init__(self, recorder: Recorder, intake: Intake) -> None:
        self._recorder = recorder
        self._intake = intake
        self._records: dict[RunId, ItemRecord] = {}
        self._writing: dict[RunId, int] = {}

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is None or event.run is None:
            return
        run = (event.node, event.run)
        if event.type == "workflow.step.completed":
            self._records.pop(run, None)
        if event.type != log.ITEMS:
            return
        record = self.of(run)
        data: dict[str, Any] = event.data
        record.begun.update(data.get("begun") or ())
        record.begun.difference_update(data.get("again") or ())
        counts = [(item, made) for item, made in data.get("results") or ()]
        if counts:
            record.results |= {item: {} for item, _ in counts}
            record.stored.append(Stored(event.seq, counts))
        for item, error in data.get("failed") or ():
            record.failures[item] = Failure(error["code"], error["message"], item)

    def of(self, run: RunId) -> ItemRecord:
        """The record of a run."""
        return self._records.setdefault(run, ItemRecord())

    async def load(self, run: RunId) -> None:
        """Have the results at hand that were recorded before."""
        record = self.of(run)
        stored, record.stored = record.stored, []
        for one in stored:
            record.results |= await one.load(self._intake)

    def forget(self, run: RunId) -> None:
        """Everything that matters of this run is in its last event."""
        self._records.pop(run, None)
        self._writing.pop(run, None)

    def writes(self, run: RunId, attempt: int) -> None:
        """From now on the log is told of this run with every flush."""
        self._writing[run] = attempt

    def log_writes(self) -> None:
        """Before a flush: tell the log what runs that write have begun and done."""
        for run, attempt in self._writing.items():
            data, results = self.of(run).take_unlogged()
            if data:
                self._recorder.items(run, attempt, data, results)

    def keep(self, run: RunId, attempt: int, *, again: Sequence[int] = ()) -> None:
        """Tell the log everything, because the attempt is over and the run is not.

        Items named in `again` lose their failure and are acted on again.
        """
        record = self.of(run)
        for item in again:
            record.failures.pop(item, None)
            record.begun.discard(item)
        data, results = record.take_unlogged()
        if record.failures:
            data["failed"] = [[item, one.to_json(run[0])] for item, one in record.failures.items()]
        if again:
            data["again"] = [*again]
        if data:
            self._recorder.items(run, attempt, data, results)

    def settle(self, run: RunId, attempt: int, outcome: Mapping[int, Outputs] | Failure) -> None:
        """A person knows what became of the items that were in doubt."""
        record = self.of(run)
        for item in record.in_doubt:
            if isinstance(outcome, Failure):
                record.failures[item] = outcome
            else:
                record.done(item, outcome.get(item, {}))
        self.keep(run, attempt)


@dataclass(slots=True)
class RunOutcomes:
    """`ctx.outcomes` of one attempt. `stops` is whether a failure stops the node.

    `per_flush` items are made known to the log at once; all of them are in doubt after a crash.
    """

    run: RunId
    record: ItemRecord
    recorder: Recorder
    is_write: bool
    stops: bool
    items: int
    per_flush: int

    @property
    def goes_on(self) -> bool:
        """See `headrace_sdk.outcomes.Outcomes.goes_on`."""
        return not (self.stops and self.record.failures) and not self._is_stopped

    @property
    def _is_stopped(self) -> bool:
        return engine.is_stopped(self.recorder.state, engine.RunId(*self.run))

    def has(self, item: int) -> bool:
        """See `headrace_sdk.outcomes.Outcomes.has`."""
        return item in self.record.results or item in self.record.failures

    async def begin(self, item: int) -> None:
        """See `headrace_sdk.outcomes.Outcomes.begin`.

        Raises:
            CancelRequested: nothing may be begun any more.
        """
        if not self.is_write:
            return
        if self._is_stopped:
            message = "The execution is being stopped."
            raise CancelRequested(message)
        if item in self.record.begun:
            return
        fresh = [
            one
            for one in range(item, min(item + self.per_flush, self.items))
            if not self.has(one) and one not in self.record.begun
        ]
        self.record.begun.update(fresh)
        self.record.unlogged_begun += fresh
        try:
            await self.recorder.journal.flush()
        except CancelRequested:
            self.record.begun.difference_update(fresh)
            raise

    def done(self, item: int, outputs: Outputs) -> None:
        """See `headrace_sdk.outcomes.Outcomes.done`."""
        self.record.done(item, outputs)

    def failed(self, item: int, error: NodeError) -> None:
        """See `headrace_sdk.outcomes.Outcomes.failed`."""
        if error.item is None:
            error.item = item
        self.record.failures[item] = failure_of(error, is_write=self.is_write)

    def collect(self) -> Outputs:
        """See `headrace_sdk.outcomes.Outcomes.collect`."""
        return self.record.collect()


def _linked(item: Item, source: int) -> Item:
    return item if item.paired else item.at(source)
