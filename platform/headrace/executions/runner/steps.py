"""Runs the steps that the engine asks for and notes how each ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from headrace import engine
from headrace.engine import RunStep, StopStep, UsePin
from headrace.engine.state import StepStatus
from headrace.executions import crash_points, log
from headrace.executions.blocks.ledger import NotAtHandError, RunId
from headrace.executions.errors import CancelRequested
from headrace.executions.log import UnstorableOutput
from headrace.executions.runner import crashing, failing
from headrace.executions.runner.agents.stepping import Agents
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.attempts import Attempts
from headrace.executions.runner.context import Notes
from headrace.executions.runner.crashing import Interrupted
from headrace.executions.runner.culprit import Culprit
from headrace.executions.runner.ephemeral import Ephemeral
from headrace.executions.runner.frozen import Frozen
from headrace.executions.runner.intake import Intake
from headrace.executions.runner.item_outcomes import ItemOutcomes
from headrace.executions.runner.outcome import Done, Failed, Failure, Held, Outcome, Suspended
from headrace.executions.runner.per_item import PerItem
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.step import Attempt
from headrace.executions.runner.waits import Waits
from headrace.workflows.compiled import CompiledNode
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import Item, JsonValue


class Steps:
    """The steps of one execution."""

    def __init__(self, given: Assignment, recorder: Recorder) -> None:
        pool = given.resources.pool
        self._workflow = given.workflow
        self._recorder = recorder
        self._held = given.held
        self.live = Ephemeral(given, lambda run: run in recorder.open)
        self._attempts = Attempts(given, recorder, self.live)
        self._interrupted = Interrupted()
        limit = given.resources.settings.crashes_until_failed
        self.culprit = Culprit(is_poison=given.held.crashes >= limit)
        self._writing: set[RunId] = set()
        self.result: Sequence[engine.Source] | None = None
        """The result of an execution that a node ended before its time."""
        self.intake = Intake(recorder.ledger, given.held, pool)
        self._frozen = Frozen(recorder, self.intake)
        self.waits = Waits(recorder, given.held, pool)
        self.outcomes = ItemOutcomes(recorder, self.intake)
        self.agents = Agents(given, recorder, self._attempts, self.intake)
        self._per_item = PerItem(recorder, self.outcomes, given.held.execution_id.hex)

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        self._interrupted.replay(event)
        self.culprit.replay(event)
        if event.type == engine.CancelRequested.type and "result" in event.data:
            self.result = _result_from_json(event.data["result"])
        self.waits.replay(event)
        self.intake.replay(event)
        self._frozen.replay(event)
        self.outcomes.replay(event)
        self.agents.records.hear(event)

    def is_inline(self, command: RunStep) -> bool:
        """Is the node quick and without waits, so that it needs no task of its own?"""
        node_class = self._workflow.nodes[command.node].node_class
        return node_class is None or (node_class.place == "inline" and node_class.effect == "pure")

    def name_of(self, node: str) -> str:
        """What the author calls a node."""
        return self._workflow.nodes[node].name

    def is_writing(self, work: str) -> bool:
        """Does the piece of work with this id write?"""
        writing = {*self._writing, *self.agents.writing}
        return any(work.startswith(f"run:{node}:{run}:") for node, run in writing)

    def is_write(self, command: StopStep) -> bool:
        """Is a write of this run under way?"""
        run = (command.node, command.run)
        return run in self._writing or run in self.agents.writing

    async def stopped(self, command: StopStep, *, is_cut: bool) -> None:
        """Note that a step was ended because it must not go on; one that ended itself has noted it.

        Of a write that was cut off, and of one that waits for a person, nobody knows the outcome.
        """
        id_ = engine.RunId(command.node, command.run)
        run = self._recorder.state.runs.get(id_)
        if run is None:
            return
        await self.waits.withdraw(id_)
        step = RunStep(*id_, command.attempt, run.inputs)
        is_writing = is_cut and id_ in self._writing
        self._writing.discard(id_)
        if self.agents.left_in_doubt(step, crashing.cut_off()):
            return
        if run.status is StepStatus.UNKNOWN or (is_writing and not self._is_per_item(command)):
            self._recorder.unknown(step, crashing.cut_off())
        elif is_writing:
            self._per_item.stopped(step)
        else:
            self._recorder.cancelled(*id_, command.attempt)

    def _is_per_item(self, command: StopStep | RunStep) -> bool:
        node_class = self._workflow.nodes[command.node].node_class
        return node_class is not None and node_class.per_item

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
        attempt = await self._attempt(command)
        refused = self.culprit.crash_of(run) or await self._prepare(attempt)
        if refused is not None:
            self._failed(command, refused.failure, attempt, failing.PURE)
            return
        stakes = self._stakes(node, attempt)
        if self._interrupted.take(run) and stakes.asks and self._is_unknown(command, attempt):
            await self._recorder.journal.flush()
            return
        if self._is_per_item(command):
            self._per_item.equip(command, attempt, stakes)
        self.agents.equip(command, attempt)
        if stakes.effect == "write" and not await self._may_write(command, attempt):
            return
        try:
            outcome = await self._call(attempt)
        except CancelRequested:
            self._came_too_late(command)
            return
        self._writing.discard(run)
        await self._record(command, outcome, attempt, stakes)
        self.live.ended(run)
        self._frozen.ended(run)
        if stakes.effect != "pure":
            await self._recorder.journal.flush()

    async def _attempt(self, command: RunStep) -> Attempt:
        """An attempt with what it is given, and with what is left of earlier ones."""
        run = (command.node, command.run)
        first_only = bool(self._workflow.nodes[command.node].settings.get("execute_once"))
        inputs = await self.intake.inputs(command, first_only=first_only)
        attempt = self._attempts.make(command, inputs, self.waits.wake_of(run))
        attempt.frozen = await self._frozen.rows(run)
        if self._is_per_item(command):
            await self.outcomes.load(run)
        return attempt

    async def _prepare(self, attempt: Attempt) -> Failed | None:
        """Evaluate the parameters; items of earlier nodes that they mention are read first."""
        while True:
            try:
                return await attempt.prepare()
            except NotAtHandError as missing:
                await self.intake.load(missing.source)

    def _stakes(self, node: CompiledNode, attempt: Attempt) -> failing.Stakes:
        if attempt.effect != "write":
            return failing.PURE if attempt.effect == "pure" else failing.READ
        return failing.Stakes(
            attempt.effect,
            is_keyed=attempt.is_keyed,
            asks=crashing.asks(node, self._workflow.settings, is_keyed=attempt.is_keyed),
            asks_first=node.settings.get("on_crash") == "stop_and_ask",
        )

    def _is_unknown(self, command: RunStep, attempt: Attempt) -> bool:
        """After a crash: note that a person is to decide, unless nothing was sent."""
        if self._is_per_item(command):
            return self._per_item.was_cut(command, attempt)
        self._recorder.unknown(command, crashing.lost())
        return True

    async def _call(self, attempt: Attempt) -> Outcome:
        if attempt.effect != "write":
            return await attempt.run()
        crash_points.reach("before_effect")
        outcome = await attempt.run()
        crash_points.reach("after_effect")
        return outcome

    async def _may_write(self, command: RunStep, attempt: Attempt) -> bool:
        """Make the start of a write durable; false when a cancel was faster, or it cannot be.

        Where every item is announced, the first announcement does that.
        """
        try:
            self._frozen.keep(command, attempt)
        except UnstorableOutput:
            message = "An expression gives something that is not JSON. Give text, numbers or lists."
            self._failed(command, Failure("parameter_not_json", message), attempt, failing.PURE)
            return False
        self._writing.add((command.node, command.run))
        if self._is_per_item(command):
            return True
        try:
            await self._recorder.journal.flush()
        except CancelRequested:
            self._came_too_late(command)
            return False
        return True

    def _came_too_late(self, command: RunStep) -> None:
        """A cancel came before the start of this step was durable."""
        self._writing.discard((command.node, command.run))
        self._held.hear(self._held.wake, is_cancelled=True)
        self._recorder.cancelled(command.node, command.run, command.attempt)

    async def _record(
        self,
        command: RunStep,
        outcome: Outcome,
        attempt: Attempt,
        stakes: failing.Stakes,
    ) -> None:
        notes = attempt.context.notes
        state, journal = attempt.context.state, self._recorder.journal
        if await self.agents.is_held_up(command, outcome, self.waits) or isinstance(outcome, Held):
            return
        if isinstance(outcome, Suspended):
            await self.waits.open(command, outcome.suspension, notes)
            state.travel_with(journal, self._held.schema)
            return
        if isinstance(outcome, Done):
            if self._is_per_item(command) and self._per_item.ended(command, attempt, stakes, None):
                return
            try:
                outputs = self._with_always(attempt.node, outcome.outputs)
                self._recorder.completed(command, outputs, notes)
            except HeadraceError as error:
                outcome = Failed(Failure(error.code, error.message))
            else:
                state.travel_with(journal, self._held.schema)
                if notes.ends_execution:
                    self._end(command)
                return
        self._failed(command, outcome.failure, attempt, stakes)

    def _end(self, command: RunStep) -> None:
        """The step ends the whole execution well; what it was given is the result."""
        self.result = tuple(source for _, given in command.inputs for source in given)
        named: list[JsonValue] = [[*source[:4]] for source in self.result]
        event = engine.CancelRequested(reason="finished")
        self._recorder.happened(event, {"reason": "finished", "result": named})

    def _with_always(
        self, node: CompiledNode, outputs: Mapping[str, Sequence[Item]]
    ) -> Mapping[str, Sequence[Item]]:
        """Under `always_output` an empty first port gives one empty item (engine-rules 37)."""
        first = self._workflow.graph.nodes[node.id].first_output
        if not node.settings.get("always_output") or first is None or outputs.get(first):
            return outputs
        return {**outputs, first: [Item({})]}

    def _failed(
        self, command: RunStep, failure: Failure, attempt: Attempt, stakes: failing.Stakes
    ) -> None:
        if self._is_per_item(command):
            self._per_item.ended(command, attempt, stakes, failure)
            return
        notes = attempt.context.notes
        planned = self._workflow.graph.nodes[command.node]
        if stakes.may_repeat(failure):
            retry_in_s = failing.pause_s(
                planned,
                failure,
                execution=self._held.execution_id.hex,
                run=(command.node, command.run),
                attempt=command.tries,
            )
            if retry_in_s is not None:
                self._recorder.failed(command, failure, notes, retry_in_s=retry_in_s)
                return
        elif stakes.is_unknown(failure, planned):
            self._recorder.unknown(command, failure, {"log": [*notes.lines]} if notes.lines else {})
            return
        outputs = failing.leaving(planned, attempt.node.name, failure, attempt.inputs)
        self._recorder.failed(command, failure, notes, outputs=outputs)


def _result_from_json(named: Any) -> Sequence[engine.Source]:
    return tuple(engine.Source(*one) for one in named)
