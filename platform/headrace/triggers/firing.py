"""Fires due schedules. Of several schedulers only one starts each planned time (R-036)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast

from django.db import transaction
from pydantic import ValidationError

from headrace.catalog.queries import catalog, stored_params
from headrace.executions import actions as executions
from headrace.executions.beginning import Beginning
from headrace.executions.queries import open_executions
from headrace.tenants.clock import database_now
from headrace.tenants.context import public, tenant
from headrace.tenants.queries import by_id
from headrace.triggers.models import Schedule
from headrace.triggers.schedules import delay, missed
from headrace.workflows.queries import version
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.node import Arrival, Trigger

logger = logging.getLogger(__name__)

BATCH: Final = 200
MOST_BATCHES: Final = 50
"""So many at one go; other duties of the scheduler wait meanwhile."""

LOOK_AGAIN: Final = timedelta(seconds=1)
"""A schedule that waits for the end of its last run is looked at this often."""


def fire_due() -> int:
    """Start what is due; returns how many executions were started."""
    started = 0
    for _ in range(MOST_BATCHES):
        looked_at, fired = _fire_batch()
        started += fired
        if looked_at < BATCH:
            break
    return started


def _fire_batch() -> tuple[int, int]:
    with public(), transaction.atomic():
        now = database_now()
        due = list(
            Schedule.objects.select_for_update(skip_locked=True)
            .filter(look_at__lte=now)
            .order_by("look_at")[:BATCH]
        )
        fired = sum(_fire(schedule, now) for schedule in due)
        Schedule.objects.bulk_update(due, ["next_at", "look_at", "last_planned_at"])
    return len(due), fired


def _fire(schedule: Schedule, now: datetime) -> int:
    owner = by_id(schedule.tenant_id)
    if owner is None or schedule.next_at is None:
        schedule.look_at = None
        return 0
    with tenant(owner):
        overlap = schedule.rule["overlap"]
        busy = open_executions(schedule.workflow_id, schedule.node) if overlap != "allow" else []
        if busy and overlap == "queue":
            schedule.look_at = now + LOOK_AGAIN
            return 0
        put_off = delay(schedule.rule, schedule.pk, schedule.next_at)
        times, following = missed(schedule.rule, schedule.next_at, now - put_off)
        if busy and overlap == "cancel":
            for execution_id in busy:
                executions.request_cancel(execution_id)
        started = 0 if busy and overlap == "skip" else _start(schedule, times, now)
    schedule.last_planned_at = times[-1] if times else schedule.last_planned_at
    schedule.next_at = following
    schedule.look_at = (
        following + delay(schedule.rule, schedule.pk, following) if following else None
    )
    return started


def _start(schedule: Schedule, times: Sequence[datetime], now: datetime) -> int:
    """Begin one execution a time; none where the version is not the published one any more.

    Where runs must not overlap, times that are made up for begin one after the other, too.
    """
    if schedule.rule["overlap"] != "allow":
        times = times[-1:]
    try:
        begun = [executions.begin(_beginning(schedule, planned, now)) for planned in times]
    except (NodeError, ValidationError) as error:
        # A trigger that does not take what a schedule gives must not keep others from theirs.
        logger.warning("The schedule %s could not start: %s", schedule.pk, error)
        return 0
    return sum(ref is not None for ref in begun)


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
    items: Sequence[Item] = [Item(arrival.data)]
    if node_class is not None and issubclass(node_class, Trigger):
        params = node_class.Params.model_validate(stored_params(node_class, stored))
        items = node_class.accept(params, arrival)
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
        must_be_published=True,
        dedupe_key=f"{schedule.pk.hex}:{int(planned.timestamp())}",
    )
