"""Makes the attempts of one execution's steps: parameters, scope and context of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Final
from uuid import UUID

from headrace import engine
from headrace.catalog.model_fills import Path
from headrace.engine import RunStep
from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.apart import Apart
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.context import RunContext, RunFacts
from headrace.executions.runner.declared import held_to_needs
from headrace.executions.runner.ephemeral import Ephemeral
from headrace.executions.runner.language import RunLlm
from headrace.executions.runner.outward import Outward
from headrace.executions.runner.parameters import Parameters
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.rehearsal import rehearsed
from headrace.executions.runner.scope import Visible
from headrace.executions.runner.shared import Doorway
from headrace.executions.runner.step import Attempt
from headrace.executions.runner.waiting.token import resume_token
from headrace.llm.types import Caller
from headrace.state.types import Asker
from headrace.tenants.addresses import origin_of
from headrace.workflows.compiled import CompiledNode
from headrace_sdk.context import ExecutionInfo
from headrace_sdk.forms import Params
from headrace_sdk.items import Inputs, Item, JsonObject, JsonValue
from headrace_sdk.masking import Mask
from headrace_sdk.node import is_agent
from headrace_sdk.waits import Wake

DEFAULT_STEP_LIMIT_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class CallGiven:
    """What one call of a lent node is made with: arguments by their places in its parameters."""

    values: Mapping[Path, JsonValue] = field(default_factory=dict)
    tries: int = 1
    wake: Wake | None = None


def _say_nothing(kind: str, data: JsonObject) -> None:
    """A node that is lent shows nothing by itself: its agent does."""
    del kind, data


class Attempts:
    """Knows all that is the same for every step of the execution."""

    def __init__(self, given: Assignment, recorder: Recorder, live: Ephemeral) -> None:
        self._live = live
        self._given = given
        self._workflow = given.workflow
        self._held = given.held
        self._recorder = recorder
        self._parameters: dict[str, Parameters] = {}
        self._mask = Mask()
        self._apart = Apart(given.resources.processes)

    def make(self, command: RunStep, inputs: Inputs, wake: Wake | None) -> Attempt:
        """One attempt of one run, ready to `prepare`."""
        node = self._workflow.nodes[command.node]
        run = (command.node, command.run)
        started_at = self._recorder.first_started[run].astimezone(UTC)
        facts = self._facts(node, command, command.run, command.attempt, started_at)
        context = self._context(facts, partial(self._live.say, run, command.attempt))
        attempt = Attempt(
            node=node,
            parameters=self._parameters_of(node),
            scope=self._visible.scope(
                run, command.inputs, inputs, now=started_at, run_index=command.turn
            ),
            inputs=inputs,
            context=context,
            timeout_s=self._limit_s(node),
            wake=wake if command.wake else None,
            apart=self._apart,
            is_off=node.kind in self._given.off,
        )
        return rehearsed(attempt, command.run, self._given.recording)

    def lent(self, command: RunStep, node: str, run: str, given: Item, call: CallGiven) -> Attempt:
        """One attempt of a node that is lent to the step of `command`, for one of its items.

        Its expressions see what those of the step see, with this item as theirs.
        """
        compiled = self._workflow.nodes[node]
        by = (command.node, command.run)
        started_at = self._recorder.first_started[by].astimezone(UTC)
        inputs = Inputs({self._first_input(node): [given]})
        form = compiled.node_class.Params if compiled.node_class is not None else Params
        facts = self._facts(compiled, command, run, call.tries, started_at)
        return Attempt(
            node=compiled,
            parameters=Parameters(form, compiled.params, call.values),
            scope=self._visible.scope(
                by, command.inputs, inputs, now=started_at, run_index=command.turn
            ),
            inputs=inputs,
            context=self._context(facts, _say_nothing),
            timeout_s=self._limit_s(compiled),
            wake=call.wake,
            apart=self._apart,
            is_off=compiled.kind in self._given.off,
        )

    def _first_input(self, node: str) -> str:
        return next(iter(self._workflow.graph.nodes[node].shape.inputs), "main")

    def _limit_s(self, node: CompiledNode) -> float | None:
        """Seconds; what an agent calls has limits of its own, and it has its own for all of it."""
        limit_s = self._workflow.graph.nodes[node.id].settings.timeout_s
        is_free = node.node_class is not None and is_agent(node.node_class)
        return limit_s or (None if is_free else DEFAULT_STEP_LIMIT_S)

    def _context(self, facts: RunFacts, say: Callable[[str, JsonObject], None]) -> RunContext:
        resources = self._given.resources
        run = (facts.node, facts.run)
        context = RunContext(
            facts,
            resources.http(self._given.owner.id),
            resources.clock,
            resources.is_safe,
            say,
            doorway=Doorway(self._asker(run), self._recorder.journal),
            outward=Outward(self._given, *run, facts.attempt),
            llm=self._llm(run),
            mask=self._mask,
        )
        return held_to_needs(context, facts.node_type)

    def _facts(
        self, node: CompiledNode, command: RunStep, run: str, attempt: int, started_at: datetime
    ) -> RunFacts:
        node_class = node.node_class
        return RunFacts(
            execution_id=self._held.execution_id,
            execution=self._info,
            node=node.id,
            node_name=node.name,
            node_type=node.kind,
            run=run,
            attempt=attempt,
            turn=command.turn,
            started_at=started_at,
            credentials=node.credentials,
            publisher=self._publisher,
            author=self._workflow.record.created_by.id,
            is_write=node_class is not None and node_class.effect != "pure",
            sends_key=node_class is not None and node_class.sends_idempotency_key,
        )

    def _llm(self, run: RunId) -> RunLlm:
        given, resources = self._given, self._given.resources
        caller = Caller(given.workflow_id, self._held.execution_id, *run)
        return RunLlm(partial(resources.llm, given.owner.id), caller, resources.is_safe, self._mask)

    def _asker(self, run: RunId) -> Asker:
        given = self._given
        return Asker(given.owner.id, given.workflow_id, self._held.execution_id, *run)

    def _parameters_of(self, node: CompiledNode) -> Parameters:
        if node.id not in self._parameters:
            form = node.node_class.Params if node.node_class is not None else Params
            self._parameters[node.id] = Parameters(form, node.params)
        return self._parameters[node.id]

    @property
    def _publisher(self) -> UUID | None:
        """Whose right to use credentials counts; drafts were checked when they were started."""
        record = self._workflow.record
        return record.created_by.id if record.ref.kind == "published" else None

    @cached_property
    def _info(self) -> ExecutionInfo:
        return ExecutionInfo(
            id=str(self._held.execution_id),
            number=self._held.number,
            mode=self._given.mode,
            workflow_id=str(self._given.workflow_id),
            workflow_name=self._workflow.record.workflow_name,
            timezone=self._workflow.timezone,
        )

    @cached_property
    def _visible(self) -> Visible:
        execution: JsonObject = {
            "id": str(self._held.execution_id),
            "number": self._held.number,
            "mode": self._given.mode,
            "resumeUrls": self._resume_urls(),
        }
        workflow: JsonObject = {
            "id": str(self._given.workflow_id),
            "name": self._workflow.record.workflow_name,
        }
        return Visible(
            self._recorder.ledger,
            self._find,
            self._workflow.ids_by_name,
            variables=self._given.variables,
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
        base = f"{origin_of(self._given.owner)}/resume"
        return {
            node.name: f"{base}/{resume_token(self._held.execution_id, node.id, '0')}"
            for node in self._workflow.nodes.values()
            if node.node_class is not None and node.node_class.opens_address
        }
