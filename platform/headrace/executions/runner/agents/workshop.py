"""What the calls of an agent for one of its items have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from headrace.engine import RunStep
from headrace.executions.blocks.ledger import NotAtHandError, RunId
from headrace.executions.lease.claim import Claim
from headrace.executions.runner.agents.making import Asked, Calls
from headrace.executions.runner.attempts import Attempts, CallGiven
from headrace.executions.runner.context import RunContext
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.journal import Journal
from headrace.executions.runner.outcome import Failed
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.step import Attempt
from headrace.workflows.compiled import CompiledWorkflow
from headrace_sdk.items import Item, JsonValue


@dataclass(frozen=True, slots=True)
class Bench:
    """What is the same for all agents of an execution. `writes` counts those under way by run."""

    workflow: CompiledWorkflow
    held: Claim
    attempts: Attempts
    recorder: Recorder
    intake: Intake
    writes: Counter[RunId]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Of one item of one attempt of an agent's step."""

    bench: Bench
    command: RunStep
    calls: Calls
    item: Item
    index: int

    @property
    def workflow(self) -> CompiledWorkflow:
        """The version that runs."""
        return self.bench.workflow

    @property
    def execution(self) -> str:
        """The id of the execution."""
        return self.bench.held.execution_id.hex

    def asked(
        self, call: str, kind: str, name: str, node: str, arguments: JsonValue = None
    ) -> Asked:
        """A call by its name within this item."""
        return Asked(f"{self.index}.{call}", kind, name, node, self.calls.run, arguments)

    def attempt(self, node: str, run: str, given: CallGiven) -> Attempt:
        """One attempt of a lent node with the agent's item."""
        return self.bench.attempts.lent(self.command, node, run, self.item, given)

    async def prepared(self, attempt: Attempt) -> Failed | None:
        """Evaluate its parameters; items that they mention are read first."""
        while True:
            try:
                return await attempt.prepare()
            except NotAtHandError as missing:
                await self.bench.intake.load(missing.source)

    def ride_along(self, context: RunContext) -> None:
        """What a lent node set, emitted or began holds if, and only if, its call has ended."""
        context.state.travel_with(self.journal, self.bench.held.schema)
        for rider in context.notes.riders:
            self.journal.attach(rider)

    @property
    def journal(self) -> Journal:
        """Where riders go along."""
        return self.bench.recorder.journal

    @contextmanager
    def writing(self, effect: str) -> Iterator[None]:
        """While it writes its step is not cut off without need."""
        count = 1 if effect == "write" else 0
        self.bench.writes[self.calls.run] += count
        try:
            yield
        finally:
            self.bench.writes[self.calls.run] -= count
