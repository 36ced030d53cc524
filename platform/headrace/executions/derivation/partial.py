"""Runs a part of the draft: to a node, from a node, or one node alone, on results that hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.engine import RunId
from headrace.executions import queries
from headrace.executions.actions import trigger_of
from headrace.executions.beginning import Beginning, ExecutionRef
from headrace.executions.derivation.errors import NoInput, NoSuchNode
from headrace.executions.derivation.feed import Fed, Offer, feed
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import Past, Recorded, read
from headrace.executions.derivation.seed import Seed, begin_from
from headrace.executions.derivation.staleness import Judge
from headrace.executions.digests import digest_of_items
from headrace.executions.errors import ExecutionNotFound, NoTrigger
from headrace.executions.extent import after, cut_down, needed_for
from headrace.workflows.actions import freeze_draft
from headrace.workflows.compiled import CompiledNode, CompiledWorkflow, compiled
from headrace_sdk.items import Item
from headrace_sdk.node import Trigger

ASKED: Final = "asked"
"""The reason of a run that a person wants again."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of the draft is to run: exactly one of `to`, `start` and `only` names a node.

    Results of `execution` are taken over where they still hold; for `only`, wherever there are
    any, and nodes before it that have none run as well.
    """

    to: str | None = None
    start: str | None = None
    only: str | None = None
    execution: UUID | None = None
    trigger: str | None = None
    items: Sequence[Item] | None = None

    @property
    def node(self) -> str:
        """The node that is named."""
        return self.to or self.start or self.only or ""


@dataclass(slots=True)
class _Plan:
    """What is known before the part is begun."""

    workflow: CompiledWorkflow
    nodes: frozenset[str]
    trigger: CompiledNode
    items: Sequence[Item]
    past: Past | None
    pins: Mapping[str, tuple[Item, ...]]
    fed: Fed
    edited: Mapping[RunId, Mapping[str, Sequence[Item]]] = field(default_factory=dict)


@transaction.atomic
def run_part(actor: Actor, workflow_id: UUID, part: Part, *, mode: str) -> ExecutionRef:
    """Begin it.

    Raises:
        Forbidden, WorkflowNotFound, InvalidWorkflow, ExecutionNotFound: as they say.
        NoSuchNode: the draft has no such node, or no trigger leads to it.
        NoInput: `only` one node is to run, and the results before it do not lead there.
        NothingRecorded: the execution has not begun.
    """
    require(actor, "workflow.run")
    version = freeze_draft(actor, workflow_id)
    plan = _plan(compiled(version.ref.id), workflow_id, part)
    ref = begin_from(
        Beginning(
            workflow_id=workflow_id,
            workflow_name=version.workflow_name,
            version_id=version.ref.id,
            version_number=None,
            mode=mode,
            trigger_node=plan.trigger.id,
            trigger_type=plan.trigger.kind,
            items=plan.items,
            started_by=actor.label,
            is_test=True,
        ),
        Seed(
            taken=plan.fed.taken,
            pins=plan.pins,
            edited=plan.edited,
            nodes=sorted(plan.nodes),
        ),
    )
    audit.record(actor.value, "execution.started", "execution", ref.id, {"number": ref.number})
    return ref


def _plan(workflow: CompiledWorkflow, workflow_id: UUID, part: Part) -> _Plan:
    if part.node not in workflow.graph.nodes:
        raise NoSuchNode(part.node)
    past, old = _past(workflow_id, part.execution)
    wanted = after(workflow, [part.node]) if part.start else frozenset([part.node])
    nodes = needed_for(workflow, wanted)
    trigger, items = _trigger(workflow, part, past, nodes)
    pins = {
        node: pinned
        for node, pinned in workflow.pins.items()
        if node in nodes and node != trigger.id
    }
    small = cut_down(workflow, nodes)
    plan = _Plan(workflow, nodes, trigger, items, past, pins, _nothing(small, trigger, items, pins))
    if past is not None and old is not None and past.trigger.id.node == trigger.id:
        _take_over(plan, small, old, past, part)
    if part.only:
        _refuse_without_input(plan, part.only)
    return plan


def _past(workflow_id: UUID, execution: UUID | None) -> tuple[Past | None, CompiledWorkflow | None]:
    if execution is None:
        return None, None
    row = queries.get(execution)
    if row.workflow_id != workflow_id:
        raise ExecutionNotFound
    return read(execution, queries.events(execution)), compiled(row.version_id)


def _trigger(
    workflow: CompiledWorkflow, part: Part, past: Past | None, nodes: frozenset[str]
) -> tuple[CompiledNode, Sequence[Item]]:
    """The trigger that leads to the node, and what it gives: new items, or those of the past."""
    leading = [
        one
        for one in workflow.nodes.values()
        if one.id in nodes and one.node_class is not None and issubclass(one.node_class, Trigger)
    ]
    known = past.trigger.id.node if past is not None else None
    wanted = part.trigger or next((one.id for one in leading if one.id == known), None)
    if wanted is None:
        manual = sorted(leading, key=lambda one: one.kind != "triggers.manual")
        if not manual:
            raise NoSuchNode(part.node, "is not reached from any trigger")
        wanted = manual[0].id
    elif wanted not in nodes:
        message = f"The trigger {wanted!r} does not lead to this node."
        raise NoTrigger(message)
    if past is not None and part.items is None and wanted == known:
        pinned = workflow.pins.get(wanted)
        node = workflow.nodes[wanted]
        return node, pinned if pinned is not None else RecordedItems(past).trigger()
    return trigger_of(workflow, wanted, part.items)


def _nothing(
    small: CompiledWorkflow,
    trigger: CompiledNode,
    items: Sequence[Item],
    pins: Mapping[str, tuple[Item, ...]],
) -> Fed:
    """The state where only pinned items are known."""
    return feed(small.graph, _offer(trigger, items, pins, []), lambda _one, _inputs: None)


def _offer(
    trigger: CompiledNode,
    items: Sequence[Item],
    pins: Mapping[str, tuple[Item, ...]],
    candidates: Sequence[Recorded],
) -> Offer:
    counts = {node: len(pinned) for node, pinned in pins.items()}
    return Offer(trigger.id, {"main": len(items)} if items else {}, candidates, counts)


def _take_over(
    plan: _Plan, small: CompiledWorkflow, old: CompiledWorkflow, past: Past, part: Part
) -> None:
    """Feed in what the earlier execution did, as far as it holds or is wanted."""
    recorded = RecordedItems(past)
    is_same = digest_of_items(plan.items) == digest_of_items(recorded.trigger())
    judge = Judge(
        past,
        old,
        small,
        recorded,
        items=None if is_same else list(plan.items),
        again=_again(past, part),
        pins=plan.pins,
        redo_failed=True,
        is_lenient=part.only is not None,
    )
    candidates = [one for one in past.ended.values() if one.id.node in plan.nodes]
    plan.fed = feed(small.graph, _offer(plan.trigger, plan.items, plan.pins, candidates), judge)
    if part.only:
        plan.edited = {run: items for run, items in past.edited.items() if run in judge.again}


def _again(past: Past, part: Part) -> Mapping[RunId | str, str]:
    """`from` runs the node whenever it comes; `only` makes its last run again."""
    if part.start:
        return {part.start: ASKED}
    runs = past.runs_of(part.only) if part.only else []
    return {runs[-1]: ASKED} if runs else {}


def _refuse_without_input(plan: _Plan, only: str) -> None:
    """Something must be left to run: the node, and what lacks a result before it."""
    if only not in plan.pins and not plan.fed.state.runs:
        raise NoInput(plan.workflow.nodes[only].name)
