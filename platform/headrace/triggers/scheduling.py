"""Schedules of active workflows as people and tools see them: listed, added, paused, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from pydantic import ValidationError

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.catalog.queries import catalog, stored_params
from headrace.tenants.clock import database_now
from headrace.tenants.context import current
from headrace.triggers.errors import InvalidSchedule, NoSchedule
from headrace.triggers.models import Schedule
from headrace.triggers.planning import added, plan
from headrace.triggers.schedule_rows import ScheduleRow, row_of, rows_to_come
from headrace.triggers.wished_times import Times, rule_at
from headrace.workflows.queries import draft, names, published, version
from headrace.workflows.types import VersionRecord
from headrace_sdk.errors import NodeError
from headrace_sdk.items import JsonObject
from headrace_sdk.node import Arrival, Trigger

MOST_ADDED: Final = 100
"""Schedules of a tenant that were added beside triggers."""
BY_CHOICE: Final = ("triggers.schedule", "triggers.manual", "triggers.workflow_input")
"""The triggers that a schedule may start from, the best first."""


def schedules(actor: Actor) -> Sequence[ScheduleRow]:
    """All of the tenant, the next first.

    Raises:
        Forbidden: the actor may not see workflows.
    """
    require(actor, "workflow.view")
    rows = list(_of(None).order_by("next_at", "id"))
    named = names({row.workflow_id for row in rows})
    return [row_of(row, named[row.workflow_id]) for row in rows if row.workflow_id in named]


def of_workflow(actor: Actor, workflow_id: UUID) -> Sequence[ScheduleRow]:
    """Those of one workflow, the next first, and behind them what its draft would bring.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
    """
    require(actor, "workflow.view")
    found = draft(workflow_id)
    rows = list(_of(workflow_id).order_by("next_at", "id"))
    registered = [row_of(row, found.row.name) for row in rows]
    return [*registered, *rows_to_come(found, rows)]


@transaction.atomic
def add(
    actor: Actor, workflow_id: UUID, name: str, times: Times, *, execution_id: UUID | None = None
) -> ScheduleRow:
    """Have an active workflow started at further times; a single one goes when it has come.

    `execution_id` is the run that does so, if it is one.

    Raises:
        Forbidden: the actor may not publish workflows, which is what decides when they start.
        WorkflowNotFound, InvalidSchedule: as they say.
    """
    require(actor, "workflow.publish")
    found = draft(workflow_id)
    ref = published(workflow_id)
    if ref is None:
        message = "The workflow is not active. Publish it first."
        raise InvalidSchedule(message)
    added().filter(next_at=None).delete()
    if _in_sight() >= MOST_ADDED:
        message = f"There are {MOST_ADDED} added schedules. Delete one first."
        raise InvalidSchedule(message)
    node = _start_of(version(ref.id))
    schedule = Schedule(
        tenant_id=current().id,
        workflow_id=workflow_id,
        version_id=ref.id,
        node=str(node["id"]),
        node_type=str(node["type"]),
        rule=rule_at(times),
        name=name.strip()[:100],
        added_by=actor.label[:200] or actor.kind,
        added_in=execution_id,
    )
    plan(schedule)
    _check_start(node)
    schedule.save(force_insert=True)
    _note(actor, "added", schedule)
    return row_of(schedule, found.row.name)


@transaction.atomic
def set_paused(
    actor: Actor, schedule_id: UUID, *, is_paused: bool, workflow_id: UUID | None = None
) -> ScheduleRow:
    """Stop a schedule, or let it go on from its next time; what was missed is not made up for.

    With `workflow_id` it is one of that workflow.

    Raises:
        Forbidden, NoSchedule: as they say.
    """
    require(actor, "workflow.publish")
    schedule = _locked(schedule_id, workflow_id)
    if schedule.is_paused is not is_paused:
        schedule.is_paused = is_paused
        plan(schedule)
        if published(schedule.workflow_id) is None:
            schedule.look_at = None  # it rests
        schedule.save()
        _note(actor, "paused" if is_paused else "unpaused", schedule)
    return row_of(schedule, names([schedule.workflow_id]).get(schedule.workflow_id, ""))


@transaction.atomic
def remove(actor: Actor, schedule_id: UUID, *, workflow_id: UUID | None = None) -> None:
    """Take away a schedule that was added. With `workflow_id` it is one of that workflow.

    Raises:
        Forbidden, NoSchedule: as they say.
        InvalidSchedule: it is a trigger's, and stands in the workflow.
    """
    require(actor, "workflow.publish")
    schedule = _locked(schedule_id, workflow_id)
    if not schedule.added_by:
        message = "This schedule is a trigger of its workflow. Pause it, or edit the workflow."
        raise InvalidSchedule(message)
    _note(actor, "deleted", schedule)
    schedule.delete()


def _in_sight() -> int:
    """How many were added. Those of deleted workflows nobody could delete, so they do not count."""
    of = list(added().values_list("workflow_id", flat=True))
    known = names(set(of))
    return sum(one in known for one in of)


def _start_of(record: VersionRecord) -> JsonObject:
    stored = cast("list[JsonObject]", record.document["nodes"])
    nodes = [node for node in stored if not node.get("disabled")]
    for kind in BY_CHOICE:
        found = next((node for node in nodes if node["type"] == kind), None)
        if found is not None:
            return found
    message = (
        "The workflow has no trigger that a schedule can start from. Add a Schedule, a Manual "
        "Trigger or a Workflow Input to it."
    )
    raise InvalidSchedule(message)


def _check_start(node: JsonObject) -> None:
    """A run that begins by a schedule is given times and nothing else; that must be enough."""
    node_class = cast("type[Trigger[Any]]", catalog().find(str(node["type"])))
    now = database_now().isoformat()
    arrival = Arrival({"planned_at": now, "fired_at": now, "timezone": "UTC"})
    try:
        params = node_class.Params.model_validate(stored_params(node_class, node))
        node_class.accept(params, arrival)
    except (NodeError, ValidationError) as error:
        told = error.message if isinstance(error, NodeError) else "its form does not fit"
        message = f"The workflow cannot start by itself: {told}"
        raise InvalidSchedule(message) from None


def _locked(schedule_id: UUID, workflow_id: UUID | None) -> Schedule:
    schedule = _of(workflow_id).select_for_update().filter(pk=schedule_id).first()
    if schedule is None:
        raise NoSchedule
    return schedule


def _of(workflow_id: UUID | None) -> QuerySet[Schedule]:
    """Those of the tenant, or of one of its workflows."""
    rows = Schedule.objects.filter(tenant_id=current().id)
    return rows if workflow_id is None else rows.filter(workflow_id=workflow_id)


def _note(actor: Actor, what: str, schedule: Schedule) -> None:
    facts = {"schedule": str(schedule.pk), "name": schedule.name}
    audit.record(actor.value, f"schedule.{what}", "workflow", schedule.workflow_id, facts)
