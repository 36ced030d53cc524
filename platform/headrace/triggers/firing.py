"""Fires due schedules. Of several schedulers only one starts each planned time (R-036)."""

from __future__ import annotations

from datetime import datetime
from typing import Final, cast

from django.db import transaction

from headrace.catalog.queries import catalog
from headrace.executions import actions as executions
from headrace.executions.beginning import Beginning
from headrace.executions.queries import open_executions
from headrace.tenants.clock import database_now
from headrace.tenants.context import TenantRef, public, tenant
from headrace.tenants.queries import by_id
from headrace.triggers.models import Schedule
from headrace.triggers.schedules import missed
from headrace.workflows.queries import published, version
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.node import Arrival, Trigger

BATCH: Final = 200


def fire_due() -> int:
    """Start what is due, up to one batch; returns how many executions were started."""
    with public(), transaction.atomic():
        now = database_now()
        due = list(
            Schedule.objects.select_for_update(skip_locked=True)
            .filter(next_at__lte=now)
            .order_by("next_at")[:BATCH]
        )
        return sum(_fire(schedule, now) for schedule in due)


def _fire(schedule: Schedule, now: datetime) -> int:
    owner = by_id(schedule.tenant_id)
    if owner is None or schedule.next_at is None:
        return 0
    with tenant(owner):
        current = published(schedule.workflow_id)
        if current is None or current.id != schedule.version_id:
            return 0
        busy = open_executions(schedule.workflow_id, schedule.node)
        overlap = schedule.rule["overlap"]
        if busy and overlap == "queue":
            return 0
        times, following = missed(schedule.rule, schedule.next_at, now)
        if busy and overlap == "cancel":
            for execution_id in busy:
                executions.request_cancel(execution_id)
        started = 0 if busy and overlap == "skip" else _start(schedule, owner, times, now)
    schedule.last_planned_at = times[-1] if times else schedule.last_planned_at
    schedule.next_at = following
    schedule.save(update_fields=["next_at", "last_planned_at"])
    return started


def _start(schedule: Schedule, owner: TenantRef, times: list[datetime], now: datetime) -> int:
    del owner
    for planned in times:
        executions.begin(_beginning(schedule, planned, now))
    return len(times)


def _beginning(schedule: Schedule, planned: datetime, now: datetime) -> Beginning:
    record = version(schedule.version_id)
    node_class = catalog().find(schedule.node_type)
    nodes = cast("list[JsonObject]", record.document["nodes"])
    stored = next(node for node in nodes if node["id"] == schedule.node)
    arrival = Arrival(
        {
            "planned_at": planned.isoformat(),
            "fired_at": now.isoformat(),
            "timezone": schedule.rule["timezone"],
        }
    )
    items = (
        node_class.accept(node_class.Params.model_validate(stored.get("params") or {}), arrival)
        if node_class is not None and issubclass(node_class, Trigger)
        else [Item(arrival.data)]
    )
    return Beginning(
        workflow_id=schedule.workflow_id,
        workflow_name=record.workflow_name,
        version_id=schedule.version_id,
        version_number=record.ref.number,
        mode="schedule",
        trigger_node=schedule.node,
        trigger_type=schedule.node_type,
        items=items,
        started_by="schedule",
        dedupe_key=f"{schedule.pk.hex}:{int(planned.timestamp())}",
    )
