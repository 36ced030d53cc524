"""Runs the steps that the engine asks for, and decides what an error means for each."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.conf import settings

from headrace import engine
from headrace.engine import RunStep, UsePin, retry_delay_s
from headrace.executions import log
from headrace.executions.errors import CancelRequested
from headrace.executions.lease.claim import Claim
from headrace.executions.runner import restore
from headrace.executions.runner.context import Notes, RunContext, RunFacts
from headrace.executions.runner.items import RunId, Sources
from headrace.executions.runner.journal import WaitTokenRow
from headrace.executions.runner.outcome import Done, Failed, Failure, Outcome, Suspended
from headrace.executions.runner.parameters import Parameters
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.resources import Resources
from headrace.executions.runner.scope import Visible, leading
from headrace.executions.runner.step import Attempt
from headrace.tenants.context import TenantRef
from headrace.workflows.compiled import CompiledNode, CompiledWorkflow
from headrace_sdk.context import ExecutionInfo, Suspension, Wake
from headrace_sdk.errors import ContractError, HeadraceError
from headrace_sdk.forms import Params
from headrace_sdk.items import Inputs, Item, JsonObject
from headrace_sdk.node import Effect

DEFAULT_STEP_LIMIT_S: Final = 300.0


class Steps:
    """The steps of one execution."""

    def __init__(
        self,
        workflow: CompiledWorkflow,
        recorder: Recorder,
        held: Claim,
        resources: Resources,
        owner: TenantRef,
    ) -> None:
        self._workflow = workflow
        self._recorder = recorder
        self._ledger = recorder.ledger
        self._held = held
        self._resources = resources
        self._owner = owner
        self._interrupted: set[RunId] = set()
        self._writing: set[RunId] = set()
        self._waiting: dict[RunId, str] = {}
        self.wakes: dict[RunId, Wake] = {}
        self._parameters: dict[str, Parameters] = {}
        self.mode = "manual"

    def note_interrupted(self, events: Sequence[log.Event]) -> None:
        """Find the attempts that were under way when the last worker died."""
        self.mode = str(events[0].data.get("mode") or "manual")
        for event in events:
            if event.node is None or event.run is None:
                continue
            run = (event.node, event.run)
            if event.type == "workflow.step.started":
                self._interrupted.add(run)
            else:
                self._interrupted.discard(run)
            if event.type == "workflow.step.waiting":
                self._waiting[run] = str(event.data["for"])
            elif event.type == "workflow.step.resumed":
                self._waiting.pop(run, None)
                self.wakes[run] = Wake(
                    "token" if event.data["by"] == "token" else "time", event.data.get("data")
                )

    def is_inline(self, command: RunStep) -> bool:
        """Is the node quick and without waits, so that it needs no task of its own?"""
        node_class = self._workflow.nodes[command.node].node_class
        return node_class is None or (node_class.place == "inline" and node_class.effect == "pure")

    def is_write(self, run: RunId) -> bool:
        """Is a write of this run under way?"""
        return run in self._writing

    def waiting_kind(self) -> str:
        """What the execution waits for, in a word for lists."""
        return next(iter(self._waiting.values()), "time")

    def waits_for_token(self, event: engine.StepResumed) -> bool:
        """Did the wait also have an address?"""
        return self._waiting.get((event.node, event.run)) == "token"

    def resumed(self, entry: restore.News) -> None:
        """Somebody called the address of a waiting step."""
        run = (str(entry.data["node"]), str(entry.data["run"]))
        if run not in self._waiting:
            return
        del self._waiting[run]
        self.wakes[run] = Wake("token", entry.data.get("data"))
        wait = self._recorder.state.runs.get(engine.RunId(*run))
        if wait is None:
            return
        event = engine.StepResumed(
            node=run[0], run=run[1], attempt=wait.attempt, wait=wait.wait, by="token"
        )
        data: JsonObject = {"wait": wait.wait, "by": "token", "data": entry.data.get("data")}
        self._recorder.happened(event, data)

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
        sources = _sources(command)
        await self._fetch(sources)
        inputs = self._ledger.inputs(sources)
        if command.execute_once or node.settings.get("execute_once"):
            inputs = Inputs({port: items[:1] for port, items in inputs.items()})
        attempt = self._attempt(command, node, sources, inputs)
        effect = attempt.prepare()
        if isinstance(effect, Failed):
            self._failed(command, node, effect.failure, attempt, "pure")
            return
        outcome = self._after_crash(run, node, effect)
        if outcome is None:
            if effect == "write":
                self._writing.add(run)
                try:
                    await self._recorder.journal.flush()
                except CancelRequested:
                    self._writing.discard(run)
                    self._held.hear(self._held.wake, is_cancelled=True)
                    self._recorder.cancelled(*run, command.attempt)
                    return
            outcome = await attempt.run(effect)
        self._writing.discard(run)
        self._record(command, node, outcome, attempt, effect)
        if effect != "pure":
            await self._recorder.journal.flush()

    def _after_crash(self, run: RunId, node: CompiledNode, effect: Effect) -> Outcome | None:
        """What an attempt that was cut off by a crash means: run again, or nobody knows."""
        if run not in self._interrupted:
            return None
        self._interrupted.discard(run)
        node_class = node.node_class
        is_keyed = node_class is not None and node_class.sends_idempotency_key
        if effect != "write" or is_keyed or node.settings.get("on_crash") == "retry":
            return None
        message = (
            "The worker died while this step was under way, so nobody knows whether it had its "
            "effect. Check the target; set “On crash” to retry if repeating is harmless."
        )
        return Failed(Failure("outcome_unknown", message, sent="maybe"))

    def _record(
        self,
        command: RunStep,
        node: CompiledNode,
        outcome: Outcome,
        attempt: Attempt,
        effect: Effect,
    ) -> None:
        notes = attempt.context.notes
        if isinstance(outcome, Suspended):
            self._suspend(command, outcome.suspension, notes)
            return
        if isinstance(outcome, Done):
            try:
                self._recorder.completed(command, self._with_always(node, outcome.outputs), notes)
            except HeadraceError as error:
                outcome = Failed(Failure(error.code, error.message))
            else:
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
        delay_s = self._retry_delay(command, node, failure, effect)
        if delay_s is not None:
            self._recorder.failed(command, failure, notes, retry_in_s=delay_s)
            return
        planned = self._workflow.graph.nodes[node.id]
        error = failure.to_json(node.name)
        outputs: Mapping[str, Sequence[Item]] | None = None
        items = leading(attempt.inputs) or [Item({})]
        if planned.settings.on_error == "continue" and planned.first_output is not None:
            outputs = {planned.first_output: [Item({"error": error}).at(0)]}
        elif planned.settings.on_error == "error_port":
            outputs = {
                "error": [
                    Item({**item.json, "error": error}, item.binary).at(index)
                    for index, item in enumerate(items)
                ]
            }
        self._recorder.failed(command, failure, notes, outputs=outputs)

    def _retry_delay(
        self, command: RunStep, node: CompiledNode, failure: Failure, effect: Effect
    ) -> float | None:
        """Seconds until the next attempt; `None` when there is none (engine-rules 21)."""
        policy = self._workflow.graph.nodes[node.id].settings.retry
        if not failure.is_retryable or command.attempt >= policy.max_attempts:
            return None
        node_class = node.node_class
        is_keyed = node_class is not None and node_class.sends_idempotency_key
        if effect == "write" and not is_keyed and failure.sent != "no":
            return None
        execution = self._held.execution_id.hex
        pause_s = retry_delay_s(policy, execution, command.node, command.run, command.attempt)
        return max(pause_s, failure.retry_after_s or 0.0)

    def _suspend(self, command: RunStep, suspension: Suspension, notes: Notes) -> None:
        run = (command.node, command.run)
        self._waiting[run] = "token" if suspension.token else suspension.kind
        url = ""
        if suspension.token:
            token = resume_token(self._held.execution_id, *run)
            url = f"{settings.HEADRACE_PUBLIC_URL}/resume/{token}"
            self._recorder.journal.open_token(
                WaitTokenRow(hashlib.sha256(token.encode()).digest(), *run, suspension.until)
            )
        wait = f"{command.attempt}.{command.wake}" if command.wake else str(command.attempt)
        self._recorder.waits(command, suspension, wait, notes, url)

    def _attempt(
        self, command: RunStep, node: CompiledNode, sources: Sources, inputs: Inputs
    ) -> Attempt:
        run = (command.node, command.run)
        started_at = self._recorder.first_started[run].astimezone(UTC)
        context = RunContext(
            self._facts(command, node, started_at),
            self._resources.http(self._owner.id),
            self._resources.clock,
            self._resources.is_safe,
            lambda _kind, _data: None,
        )
        scope = self._visible.scope(run, sources, inputs, now=started_at, run_index=command.turn)
        return Attempt(
            node=node,
            parameters=self._parameters_of(node),
            scope=scope,
            inputs=inputs,
            context=context,
            timeout_s=self._limit(node),
            wake=self.wakes.get(run) if command.wake else None,
        )

    def _limit(self, node: CompiledNode) -> float:
        return self._workflow.graph.nodes[node.id].settings.timeout_s or DEFAULT_STEP_LIMIT_S

    def _facts(self, command: RunStep, node: CompiledNode, started_at: datetime) -> RunFacts:
        node_class = node.node_class
        return RunFacts(
            execution_id=self._held.execution_id,
            execution=self._info,
            node=node.id,
            node_name=node.name,
            node_type=node.kind,
            run=command.run,
            attempt=command.attempt,
            started_at=started_at,
            credentials=node.credentials,
            is_write=node_class is not None and node_class.effect != "pure",
            sends_key=node_class is not None and node_class.sends_idempotency_key,
        )

    def _parameters_of(self, node: CompiledNode) -> Parameters:
        if node.id not in self._parameters:
            form = node.node_class.Params if node.node_class is not None else Params
            self._parameters[node.id] = Parameters(form, node.params)
        return self._parameters[node.id]

    @cached_property
    def _info(self) -> ExecutionInfo:
        return ExecutionInfo(
            id=str(self._held.execution_id),
            number=self._held.number,
            mode=self.mode,
            workflow_id=str(self._workflow.record.ref.workflow_id),
            workflow_name=self._workflow.record.workflow_name,
            timezone=self._workflow.timezone,
        )

    @cached_property
    def _visible(self) -> Visible:
        execution: JsonObject = {
            "id": str(self._held.execution_id),
            "number": self._held.number,
            "mode": self.mode,
            "resumeUrls": self._resume_urls(),
        }
        workflow: JsonObject = {
            "id": str(self._workflow.record.ref.workflow_id),
            "name": self._workflow.record.workflow_name,
        }
        return Visible(
            self._ledger,
            self._find,
            self._workflow.ids_by_name,
            execution=execution,
            workflow=workflow,
            timezone=self._workflow.timezone,
        )

    def _find(self, reader: RunId, node: str) -> RunId | None:
        """The run of `node` that an open run may read."""
        graph, state = self._workflow.graph, self._recorder.state
        found = engine.find_run(graph, state, engine.RunId(*reader), node)
        return found.key.id if found is not None else None

    def _resume_urls(self) -> JsonObject:
        """Addresses of the waiting nodes by name, known before they wait (first run of each)."""
        base = f"{settings.HEADRACE_PUBLIC_URL}/resume"
        return {
            node.name: f"{base}/{resume_token(self._held.execution_id, node.id, '0')}"
            for node in self._workflow.nodes.values()
            if node.node_class is not None and node.node_class.opens_address
        }

    async def items_of(self, sources: Sequence[engine.Source]) -> list[Item]:
        """The items of several outputs, one after the other."""
        named = (("main", tuple((one.node, one.run, one.port) for one in sources)),)
        await self._fetch(named)
        return [item for source in named[0][1] for item in self._ledger.items(source)]

    async def _fetch(self, sources: Sources) -> None:
        missing = self._ledger.missing_payloads(sources)
        if missing:
            async with self._resources.pool.connection() as connection:
                payloads = await restore.read_payloads(connection, self._held, missing)
            if len(payloads) != len(set(missing)):
                message = "Items of an earlier step are missing in the database."
                raise ContractError(message)
            self._ledger.fetched(payloads)


def resume_token(execution_id: UUID, node: str, run: str) -> str:
    """The one-time token of a wait: 160 bits that only this installation can make (S-071)."""
    text = f"resume:{execution_id.hex}:{node}:{run}"
    digest = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:21]).decode()


def _sources(command: RunStep) -> Sources:
    return tuple(
        (port, tuple((one.node, one.run, one.port) for one in given))
        for port, given in command.inputs
    )
