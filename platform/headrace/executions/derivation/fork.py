"""Makes a new execution from a step of an old one; the old one stays as it is (engine-rules 19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.engine import RunId
from headrace.executions import queries
from headrace.executions.beginning import Beginning, ExecutionRef
from headrace.executions.derivation.errors import NoSuchNode, NoSuchRun, NotPublished
from headrace.executions.derivation.feed import Fed, Offer, feed
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import Past, Recorded, read
from headrace.executions.derivation.seed import Seed, begin_from
from headrace.executions.derivation.staleness import Judge
from headrace.executions.extent import cut_down
from headrace.executions.models import Execution
from headrace.workflows import actions as workflow_actions
from headrace.workflows import queries as workflows
from headrace.workflows.compiled import CompiledWorkflow, compiled
from headrace.workflows.types import VersionRef
from headrace_sdk.items import Item, JsonObject, JsonValue

FORK_POINT: Final = "fork_point"
NOT_ENDED: Final = "not_ended"

Version = Literal["same", "latest", "draft"] | int


@dataclass(frozen=True, slots=True)
class Point:
    """Where the fork leaves the old way; without `run` it is the node's last one."""

    node: str
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fork: from steps or after the event `seq`; `items` replace the input there."""

    points: Sequence[Point] = ()
    seq: int | None = None
    items: Sequence[Item] | None = None
    version: Version = "same"


@dataclass(frozen=True, slots=True)
class Forked:
    """The new execution, what it took over, and why the rest runs again."""

    ref: ExecutionRef
    reused: Sequence[RunId]
    again: Mapping[RunId, str]


@transaction.atomic
def fork(actor: Actor, execution_id: UUID, wish: Wish) -> Forked:
    """Begin the fork.

    Raises:
        Forbidden, ExecutionNotFound, VersionNotFound, InvalidWorkflow, NotPublished: as they say.
        NothingRecorded: the execution has not begun.
        NoSuchRun, NoSuchNode: a fork point does not exist, in it or in the version to run.
    """
    require(actor, "execution.fork")
    source = queries.get(execution_id)
    past = read(execution_id, queries.events(execution_id), until=wish.seq)
    old = part_that_ran(source.version_id, past)
    new = _version(actor, source, wish.version, old)
    trigger = past.trigger.id
    if trigger.node not in new.graph.triggers:
        raise NoSuchNode(trigger.node, "is no trigger in this version of the workflow")
    points = [_point(past, new, point) for point in wish.points]
    pins = _pins(past, new, wish.version)
    items = list(wish.items) if wish.items is not None and trigger in points else None
    recorded = RecordedItems(past)
    fed = _feed(past, points, Judge(past, old, new, recorded, items=items, pins=pins))
    started_with = items if items is not None else recorded.trigger()
    ref = begin_from(
        _beginning(actor, source, new.record.ref, started_with, past),
        Seed(
            taken=fed.taken,
            pins=pins,
            origin=_origin(execution_id, wish, points, fed),
            edited=_edited(past, wish, points),
            nodes=past.nodes if wish.version == "same" else None,
        ),
    )
    told: JsonObject = {"number": ref.number, "from": str(execution_id)}
    audit.record(actor.value, "execution.forked", "execution", ref.id, told)
    again = fed.again | _not_ended(past, fed)
    return Forked(ref, fed.reused, again)


def part_that_ran(version_id: UUID, past: Past) -> CompiledWorkflow:
    """The version of an execution; of a partial run, with the nodes that took part."""
    whole = compiled(version_id)
    return whole if past.nodes is None else cut_down(whole, past.nodes)


def _version(
    actor: Actor, source: Execution, wanted: Version, old: CompiledWorkflow
) -> CompiledWorkflow:
    if wanted == "same":
        return old
    if wanted == "draft":
        return compiled(workflow_actions.freeze_draft(actor, source.workflow_id).ref.id)
    if wanted == "latest":
        found = workflows.published(source.workflow_id)
        if found is None:
            raise NotPublished
        return compiled(found.id)
    return compiled(workflows.numbered(source.workflow_id, wanted).ref.id)


def _point(past: Past, new: CompiledWorkflow, point: Point) -> RunId:
    if point.node not in new.graph.nodes:
        raise NoSuchNode(point.node)
    if point.run is None:
        runs = past.runs_of(point.node)
        if not runs:
            raise NoSuchRun(point.node)
        return runs[-1]
    run = RunId(point.node, point.run)
    if run not in past.seen:
        raise NoSuchRun(*run)
    return run


def _pins(past: Past, new: CompiledWorkflow, wanted: Version) -> Mapping[str, tuple[Item, ...]]:
    """The same version keeps the pins that held; else only a draft has any."""
    trigger = past.trigger.id.node
    if wanted == "same":
        return {node: new.pins.get(node, ()) for node in past.pins}
    return {node: items for node, items in new.pins.items() if node != trigger}


def _feed(past: Past, points: Sequence[RunId], judge: Judge) -> Fed:
    if past.trigger.id in points:
        fed = feed(judge.new.graph, _offer(past, judge, []), judge)
        fed.again |= dict.fromkeys((past.trigger.id, *past.ended), FORK_POINT)
        return fed
    judge.again = dict.fromkeys(points, FORK_POINT)
    fed = feed(judge.new.graph, _offer(past, judge, [*past.ended.values()]), judge)
    fed.again |= dict.fromkeys(points, FORK_POINT)
    return fed


def _offer(past: Past, judge: Judge, candidates: Sequence[Recorded]) -> Offer:
    counts = {node: len(items) for node, items in judge.pins.items()}
    outputs = past.trigger.counts
    if judge.items is not None:
        outputs = {"main": len(judge.items)} if judge.items else {}
    return Offer(past.trigger.id.node, outputs, candidates, counts)


def _edited(
    past: Past, wish: Wish, points: Sequence[RunId]
) -> Mapping[RunId, Mapping[str, Sequence[Item]]]:
    """New items for the fork points; one that ran on edited items keeps them otherwise."""
    if wish.items is not None:
        return {point: {"": wish.items} for point in points if point != past.trigger.id}
    return {point: past.edited[point] for point in points if point in past.edited}


def _origin(execution_id: UUID, wish: Wish, points: Sequence[RunId], fed: Fed) -> JsonObject:
    named: list[JsonValue] = [{"node": node, "run": run} for node, run in points]
    return {
        "execution": str(execution_id),
        "from": named,
        "seq": wish.seq,
        "reused": len(fed.reused),
    }


def _beginning(
    actor: Actor, source: Execution, version: VersionRef, items: Sequence[Item], past: Past
) -> Beginning:
    return Beginning(
        workflow_id=source.workflow_id,
        workflow_name=source.workflow_name,
        version_id=version.id,
        version_number=version.number,
        mode="manual" if actor.kind == "person" else "api",
        trigger_node=past.trigger.id.node,
        trigger_type=source.trigger_type,
        items=items,
        started_by=actor.label,
        is_test=version.kind == "draft",
    )


def _not_ended(past: Past, fed: Fed) -> dict[RunId, str]:
    """Runs that had begun and brought nothing that could be taken over."""
    known = {past.trigger.id, *past.ended, *fed.again}
    return {run: NOT_ENDED for run in past.seen if run not in known}
