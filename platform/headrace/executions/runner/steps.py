"""Runs the steps that the engine asks for and notes how each ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from headrace.engine import RunStep, UsePin
from headrace.executions import crash_points, log
from headrace.executions.blocks.ledger import NotAtHandError, RunId
from headrace.executions.errors import CancelRequested
from headrace.executions.runner import failing
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.attempts import Attempts
from headrace.executions.runner.context import Notes
from headrace.executions.runner.crashing import Interrupted
from headrace.executions.runner.culprit import Culprit
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.outcome import Done, Failed, Failure, Outcome, Suspended
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.step import Attempt
from headrace.executions.runner.waits import Waits
from headrace.workflows.compiled import CompiledNode
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import Item
from headrace_sdk.node import Effect


class Steps:
    """The steps of one execution."""

    def __init__(self, given: Assignment, recorder: Recorder) -> None:
        pool = given.resources.pool
        self._workflow = given.workflow
        self._recorder = recorder
        self._held = given.held
        self._attempts = Attempts(given, recorder)
        self._interrupted = Interrupted()
        limit = given.resources.settings.crashes_until_failed
        self.culprit = Culprit(is_poison=given.held.crashes >= limit)
        self._writing: set[RunId] = set()
        self.intake = Intake(recorder.ledger, given.held, pool)
        self.waits = Waits(recorder, given.held, pool)

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        self._interrupted.replay(event)
        self.culprit.replay(event)
        self.waits.replay(event)
        self.intake.replay(event)

    def is_inline(self, command: RunStep) -> bool:
        """Is the node quick and without waits, so that it needs no task of its own?"""
        node_class = self._workflow.nodes[command.node].node_class
        return node_class is None or (node_class.place == "inline" and node_class.effect == "pure")

    def is_write(self, run: RunId) -> bool:
        """Is a write of this run under way?"""
        return run in self._writing

    def use_pin(self, command: UsePin) -> None:
        """Complete a run with the items that its author pinned."""
        items = self._workflow.pins.get(command.node, ())
        run = RunStep(command.node, command.run, command.attempt, ())
        self._recorder.completed(run, {command.port: items}, Notes())

    async def run(self, command: RunStep) -> None:
        """One attempt, from its parameters to its record; `Recorder.begin` comes before.

        Raises:
            LeaseLost: nothing that happens here counts any more.
        """
        node = self._workflow.nodes[command.node]
        run = (command.node, command.run)
        first_only = bool(node.settings.get("execute_once"))
        inputs = await self.intake.inputs(command, first_only=first_only)
        attempt = self._attempts.make(command, inputs, self.waits.wake_of(run))
        effect = self.culprit.crash_of(run) or await self._prepare(attempt)
        if isinstance(effect, Failed):
            self._failed(command, node, effect.failure, attempt, "pure")
            return
        outcome = self._interrupted.outcome(run, node, effect)
        if outcome is None:
            if effect == "write" and not await self._may_write(command):
                return
            try:
                outcome = await self._call(attempt, effect)
            except CancelRequested:
                self._stopped(command)
                return
        self._writing.discard(run)
        await self._record(command, node, outcome, attempt, effect)
        if effect != "pure":
            await self._recorder.journal.flush()

    async def _prepare(self, attempt: Attempt) -> Effect | Failed:
        """Evaluate the parameters; items of earlier nodes that they mention are read first."""
        while True:
            try:
                return attempt.prepare()
            except NotAtHandError as missing:
                await self.intake.load(missing.source)

    async def _call(self, attempt: Attempt, effect: Effect) -> Outcome:
        if effect != "write":
            return await attempt.run(effect)
        crash_points.reach("before_effect")
        outcome = await attempt.run(effect)
        crash_points.reach("after_effect")
        return outcome

    async def _may_write(self, command: RunStep) -> bool:
        """Make the start of a write durable; false when a cancel was faster."""
        run = (command.node, command.run)
        self._writing.add(run)
        try:
            await self._recorder.journal.flush()
        except CancelRequested:
            self._stopped(command)
            return False
        return True

    def _stopped(self, command: RunStep) -> None:
        """A cancel came before the start of this step was durable."""
        self._writing.discard((command.node, command.run))
        self._held.hear(self._held.wake, is_cancelled=True)
        self._recorder.cancelled(command.node, command.run, command.attempt)

    async def _record(
        self,
        command: RunStep,
        node: CompiledNode,
        outcome: Outcome,
        attempt: Attempt,
        effect: Effect,
    ) -> None:
        notes = attempt.context.notes
        state, journal = attempt.context.state, self._recorder.journal
        if isinstance(outcome, Suspended):
            await self.waits.open(command, outcome.suspension, notes)
            state.travel_with(journal, self._held.schema)
            return
        if isinstance(outcome, Done):
            try:
                self._recorder.completed(command, self._with_always(node, outcome.outputs), notes)
            except HeadraceError as error:
                outcome = Failed(Failure(error.code, error.message))
            else:
                state.travel_with(journal, self._held.schema)
                return
        self._failed(command, node, outcome.failure, attempt, effect)

    def _with_always(
        self, node: CompiledNode, outputs: Mapping[str, Sequence[Item]]
    ) -> Mapping[str, Sequence[Item]]:
        """Under `always_output` an empty first port gives one empty item (engine-rules 37)."""
        first = self._workflow.graph.nodes[node.id].first_output
        if not node.settings.get("always_output") or first is None or outputs.get(first):
            return outputs
        return {**outputs, first: [Item({})]}

    def _failed(
        self,
        command: RunStep,
        node: CompiledNode,
        failure: Failure,
        attempt: Attempt,
        effect: Effect,
    ) -> None:
        notes = attempt.context.notes
        planned = self._workflow.graph.nodes[node.id]
        node_class = node.node_class
        is_keyed = node_class is not None and node_class.sends_idempotency_key
        retry_in_s = failing.pause_s(
            planned.settings.retry,
            failure,
            execution=self._held.execution_id.hex,
            run=(command.node, command.run),
            attempt=command.attempt,
            may_repeat=effect != "write" or is_keyed,
        )
        if retry_in_s is not None:
            self._recorder.failed(command, failure, notes, retry_in_s=retry_in_s)
            return
        outputs = failing.leaving(planned, node.name, failure, attempt.inputs)
        self._recorder.failed(command, failure, notes, outputs=outputs)
