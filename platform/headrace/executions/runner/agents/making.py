"""Makes one call of an agent: noted before it begins, where it writes, and when it has ended."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import orjson

from headrace import engine
from headrace.executions import crash_points
from headrace.executions.blocks.ledger import RunId
from headrace.executions.errors import CancelRequested
from headrace.executions.runner.agents.interrupted import CallPlace, CallWaits, differs
from headrace.executions.runner.agents.records import RESULT, CallRecord, CallRecords
from headrace.executions.runner.context import Notes
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.journal import encode_items
from headrace.executions.runner.outcome import Failure
from headrace.executions.runner.recorder import Recorder
from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.waits import Suspension

SHOWN_BYTES: Final = 4_000
"""Arguments above this size are not in the event of a call; the agent's output has them."""

LONGEST_RUN: Final = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """One call as an agent wants it. `node` is the id of what is lent, `by` its agent's run."""

    path: str
    kind: str
    name: str
    node: str
    by: RunId
    arguments: JsonValue = None

    @property
    def digest(self) -> str:
        """Equal for equal calls."""
        asked = [self.kind, self.name, self.node, self.arguments]
        text = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS, default=str)
        return hashlib.sha256(text).hexdigest()[:32]

    @property
    def place(self) -> CallPlace:
        """A run of its own for keys, waits and addresses: the same in every attempt."""
        node, run = self.by
        name = f"{run}@{node}.{self.path}"
        if len(name) > LONGEST_RUN:
            name = "h" + hashlib.sha256(name.encode()).hexdigest()[:40]
        return CallPlace(self.path, self.node, name)


@dataclass(slots=True)
class Ended:
    """How a call ended: its items, or an error that the agent is told of."""

    items: Sequence[Item] = ()
    error: Failure | None = None
    facts: JsonObject = field(default_factory=dict)


Work = Callable[[CallRecord], Awaitable[Ended]]


class Calls:
    """Those of one attempt of an agent's step, for one of its items."""

    def __init__(
        self, run: RunId, attempt: int, records: CallRecords, recorder: Recorder, intake: Intake
    ) -> None:
        self.run = run
        self.attempt = attempt
        self._records = records
        self._recorder = recorder
        self._intake = intake
        self._spent_ms = 0

    @property
    def spent_s(self) -> float:
        """What the calls so far took, in seconds; those of one turn are added up."""
        return self._spent_ms / 1000

    async def make(self, asked: Asked, work: Work) -> Ended:
        """What it gave before, else what `work` gives now.

        Raises:
            CallInterrupted: it waits, or a person has to decide.
        CancelRequested: the execution is being stopped.
        """
        record = self.record(asked)
        if record.is_over:
            return await self._recorded(record)
        began = self._recorder.clock.now()
        ended = await work(record)
        if record.is_open and record.effect == "write":
            crash_points.reach("after_effect")
        took = self._recorder.clock.now() - began
        # Whole milliseconds, so that the sum is the same when it is read back.
        ended.facts["duration_ms"] = took_ms = round(took.total_seconds() * 1000)
        self.note_end(asked, ended)
        self._spent_ms += took_ms
        # What a call gave is durable before the agent does anything with it.
        await self._recorder.journal.flush()
        return ended

    def record(self, asked: Asked) -> CallRecord:
        """What is known of a call.

        Raises:
            CallInDoubt: another call was made there.
        """
        known = self._records.of(self.run)
        record = known.get(asked.path)
        if record is None:
            return known.setdefault(asked.path, CallRecord(asked.path))
        if record.digest and record.digest != asked.digest:
            raise differs(asked.path)
        return record

    async def begin(
        self, asked: Asked, *, effect: str = "read", tries: int = 1, asks: bool = False
    ) -> None:
        """Note the start; of a write it is durable when this returns.

        `asks` is whether a person decides about it where nobody knows how it ended.

        Raises:
            CancelRequested: nothing may be begun any more.
        """
        if engine.is_stopped(self._recorder.state, engine.RunId(*self.run)):
            message = "The execution is being stopped."
            raise CancelRequested(message)
        data = self._named(asked) | {"digest": asked.digest, "effect": effect, "try": tries}
        if asks:
            data["asks"] = True
        text = orjson.dumps(asked.arguments, default=str)
        if asked.arguments is not None and len(text) <= SHOWN_BYTES:
            data["arguments"] = asked.arguments
        self._recorder.call("started", self.run, self.attempt, data)
        if effect != "write":
            return
        try:
            await self._recorder.journal.flush()
        except CancelRequested:
            self.record(asked).is_open = False
            raise
        crash_points.reach("before_effect")

    def retries(self, asked: Asked, failure: Failure) -> None:
        """Note a failure after which the call is made again."""
        data = self._named(asked) | {"error": failure.to_json(asked.node), "will_retry": True}
        self._recorder.call("failed", self.run, self.attempt, data)

    def suspend(self, asked: Asked, suspension: Suspension, notes: Notes) -> CallWaits:
        """Note that it waits; what to raise, so that its step does."""
        self._recorder.call("suspended", self.run, self.attempt, self._named(asked))
        return CallWaits(asked.place, suspension, notes)

    def note_end(self, asked: Asked, ended: Ended) -> None:
        """Note how it ended. What rides with the next flush rides with this.

        Raises:
            UnstorableOutput: its items are not JSON; nothing was noted.
        """
        data = self._named(asked) | ended.facts
        if ended.error is not None:
            data["error"] = ended.error.to_json(asked.node)
            self._recorder.call("failed", self.run, self.attempt, data)
        else:
            kept = encode_items({RESULT: ended.items})
            self._recorder.call("completed", self.run, self.attempt, data, kept)
        record = self._records.of(self.run)[asked.path]
        record.items = tuple(ended.items)

    async def _recorded(self, record: CallRecord) -> Ended:
        facts = record.facts
        duration = facts.get("duration_ms")
        self._spent_ms += duration if isinstance(duration, int) else 0
        error = facts.get("error")
        if isinstance(error, dict):
            failure = Failure(str(error.get("code")), str(error.get("message")))
            return Ended((), failure, dict(facts))
        if record.items is None:
            found = await self._intake.beside(record.place) if record.place else ()
            record.items = tuple(found)
        return Ended(record.items, None, dict(facts))

    def _named(self, asked: Asked) -> JsonObject:
        return {"call": asked.path, "kind": asked.kind, "name": asked.name, "node": asked.node}
