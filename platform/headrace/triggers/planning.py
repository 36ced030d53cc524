"""What becomes of a workflow's schedules as time goes on, and as it is published or rests."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import orjson
from django.db.models import QuerySet

from headrace.tenants.context import current
from headrace.triggers.models import Schedule
from headrace.triggers.schedules import Rule, delay, first_time
from headrace.workflows.types import VersionRecord


def plan(schedule: Schedule) -> None:
    """Set when it fires next, and when a scheduler has to look; never, while it is paused."""
    schedule.next_at = first_time(schedule.rule)
    schedule.look_at = None
    if schedule.next_at is not None and not schedule.is_paused:
        put_off = delay(schedule.rule, schedule.pk, schedule.next_at)
        schedule.look_at = schedule.next_at + put_off


def key(node: str, rule: Rule) -> tuple[str, str]:
    """What makes a trigger's schedule the same one in the next version."""
    return node, orjson.dumps(rule, option=orjson.OPT_SORT_KEYS).decode()


def paused_rules(workflow_id: UUID) -> Collection[tuple[str, str]]:
    """The triggers' schedules that somebody paused: they stay so in the next version."""
    rows = Schedule.objects.filter(tenant_id=current().id, workflow_id=workflow_id)
    return {key(row.node, row.rule) for row in rows.filter(is_paused=True, added_by="")}


def take_over(record: VersionRecord, triggers: Collection[str]) -> None:
    """What was added goes on with this version; what starts from no trigger of it any more goes."""
    for schedule in added().filter(workflow_id=record.ref.workflow_id):
        schedule.version_id = record.ref.id
        plan(schedule)
        if schedule.node in triggers and schedule.next_at is not None:
            schedule.save()
        else:
            schedule.delete()


def rest(workflow_id: UUID) -> None:
    """The workflow is not active any more: what was added waits until it is."""
    added().filter(workflow_id=workflow_id).update(look_at=None)


def added() -> QuerySet[Schedule]:
    """Those of the tenant that were added beside triggers."""
    return Schedule.objects.filter(tenant_id=current().id).exclude(added_by="")
