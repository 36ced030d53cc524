"""Schedules of active workflows as people and tools see them: listed, added, paused, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction
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
from headrace.triggers.schedules import Rule
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


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule. Who added it is empty for those of a workflow's own trigger."""

    id: UUID
    workflow_id: UUID
    workflow_name: str
    name: str
    rule: Rule
    next_at: datetime | None
    last_planned_at: datetime | None
    is_paused: bool
    added_by: str


def schedules(actor: Actor) -> Sequence[ScheduleRow]:
    """All of the tenant, the next first.

    Raises:
        Forbidden: the actor may not see workflows.
    """
    require(actor, "workflow.view")
    rows = list(Schedule.objects.filter(tenant_id=current().id).order_by("next_at", "id"))
    named = names({row.workflow_id for row in rows})
    return [_row(row, named[row.workflow_id]) for row in rows if row.workflow_id in named]


@transaction.atomic
def add(actor: Actor, workflow_id: UUID, name: str, times: Times) -> ScheduleRow:
    """Have an active workflow started at further times; a single one goes when it has come.

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
    if added().count() >= MOST_ADDED:
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
    )
    plan(schedule)
    _check_start(node)
    schedule.save(force_insert=True)
    _note(actor, "added", schedule)
    return _row(schedule, found.row.name)


@transaction.atomic
def set_paused(actor: Actor, schedule_id: UUID, *, is_paused: bool) -> ScheduleRow:
    """Stop a schedule, or let it go on from its next time; what was missed is not made up for.

    Raises:
        Forbidden, NoSchedule: as they say.
    """
    require(actor, "workflow.publish")
    schedule = _locked(schedule_id)
    if schedule.is_paused is not is_paused:
        schedule.is_paused = is_paused
        plan(schedule)
        schedule.save()
        _note(actor, "paused" if is_paused else "unpaused", schedule)
    return _row(schedule, names([schedule.workflow_id]).get(schedule.workflow_id, ""))


@transaction.atomic
def remove(actor: Actor, schedule_id: UUID) -> None:
    """Take away a schedule that was added.

    Raises:
        Forbidden, NoSchedule: as they say.
        InvalidSchedule: it is a trigger's, and stands in the workflow.
    """
    require(actor, "workflow.publish")
    schedule = _locked(schedule_id)
    if not schedule.added_by:
        message = "This schedule is a trigger of its workflow. Pause it, or edit the workflow."
        raise InvalidSchedule(message)
    _note(actor, "deleted", schedule)
    schedule.delete()


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


def _locked(schedule_id: UUID) -> Schedule:
    rows = Schedule.objects.select_for_update().filter(tenant_id=current().id)
    schedule = rows.filter(pk=schedule_id).first()
    if schedule is None:
        raise NoSchedule
    return schedule


def _row(schedule: Schedule, workflow_name: str) -> ScheduleRow:
    return ScheduleRow(
        id=schedule.pk,
        workflow_id=schedule.workflow_id,
        workflow_name=workflow_name,
        name=schedule.name,
        rule=schedule.rule,
        next_at=schedule.next_at,
        last_planned_at=schedule.last_planned_at,
        is_paused=schedule.is_paused,
        added_by=schedule.added_by,
    )


def _note(actor: Actor, what: str, schedule: Schedule) -> None:
    facts = {"schedule": str(schedule.pk), "name": schedule.name}
    audit.record(actor.value, f"schedule.{what}", "workflow", schedule.workflow_id, facts)
