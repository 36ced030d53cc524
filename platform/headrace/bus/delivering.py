"""Brings one event to everybody who wants it. May happen twice, and does nothing then."""

from __future__ import annotations

import logging
from typing import Final
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from headrace.bus import ordering
from headrace.bus.models import Event, EventWait, Subscription
from headrace.bus.starting import begin, record
from headrace.bus.statements import value_hash
from headrace.bus.types import EventRecord
from headrace.executions import actions as executions
from headrace.outbox.types import Delivery
from headrace_sdk.errors import UserError
from headrace_sdk.events import patterns_of
from headrace_sdk.paths import MISSING, parse, read

logger = logging.getLogger(__name__)

MAX_HOPS: Final = 20
"""So many events may have led to a run whose events are still delivered."""

TOO_FAR = f"Not delivered: {MAX_HOPS} events led to this one. Let the circle end somewhere."


def receive(delivery: Delivery) -> None:
    """Take an event from the outbox."""
    deliver(UUID(str(delivery.payload["event"])))


@transaction.atomic
def deliver(event_id: UUID) -> int:
    """Start the runs that want it, and let waiting steps go on; how many of both.

    Messages of one flush may come in any order, so those before it of its ordering key go first.
    """
    event = Event.objects.filter(id=event_id).only("position", "ordering_key").first()
    if event is not None and event.ordering_key:
        before = Event.objects.filter(
            ordering_key=event.ordering_key, position__lt=event.position, started=None
        )
        for earlier in before.order_by("position").values_list("id", flat=True):
            _deliver(earlier)
    return _deliver(event_id)


def _deliver(event_id: UUID) -> int:
    row = Event.objects.select_for_update().filter(id=event_id).first()
    if row is None or row.started is not None:
        return row.started or 0 if row is not None else 0
    event = record(row)
    if event.hops >= MAX_HOPS:
        row.started, row.problem = 0, TOO_FAR
        logger.warning("Event %s (%s): %s", event.id, event.kind, TOO_FAR)
    else:
        row.started = _start_runs(event) + _end_waits(event)
    row.save(update_fields=["started", "problem"])
    return row.started


def _start_runs(event: EventRecord) -> int:
    wanting = Subscription.objects.filter(
        kind__in=(Subscription.Kind.EVENT, Subscription.Kind.FACT),
        pattern__in=patterns_of(event.kind),
    )
    # A workflow never hears of its own runs: it would start itself for ever.
    own = event.data.get("workflow") if event.source.get("kind") == "engine" else None
    own_id = own.get("id") if isinstance(own, dict) else None
    count = 0
    for subscription in wanting.order_by("id"):
        if str(subscription.workflow_id) == own_id:
            continue
        if subscription.in_order and event.ordering_key:
            count += ordering.stand_in_line(subscription, event)
        else:
            count += begin(subscription, event) is not None
    return count


def _end_waits(event: EventRecord) -> int:
    is_open = Q(state="open") & (Q(until=None) | Q(until__gt=Now()))
    waits = EventWait.objects.filter(is_open, pattern__in=patterns_of(event.kind))
    count = 0
    for field in waits.values_list("field", flat=True).distinct():
        matching = waits.filter(field=field, value_hash=_hash_at(event, field))
        for wait in matching.order_by("id").select_for_update():
            wait.state = "met"
            wait.save(update_fields=["state"])
            told = {"node": wait.node, "run": wait.run, "data": event.to_json()}
            key = f"event:{wait.pk}"
            executions.tell(wait.execution_id, "event", key, orjson.dumps(told))
            count += 1
    return count


def _hash_at(event: EventRecord, field: str) -> bytes:
    if not field:
        return b""
    try:
        found = read(event.data, parse(field))
    except UserError:
        return b"-"
    return b"-" if found is MISSING else value_hash(found)  # type: ignore[arg-type]
