"""Locks with slots, leases, fences and a line that is served in its order.

A place counts while its lease lasts and its execution is open, so an execution that ended or died
has given up its places by that alone. Slots are handed on to the first in line by whoever
releases or asks, and by the scheduler where nobody does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from headrace.state.models import Lock, Place
from headrace.state.once import locked
from headrace.state.ports import ports
from headrace.state.types import Asker, Shared
from headrace.tenants.clock import database_now
from headrace_sdk import coordination


@transaction.atomic
def acquire(
    asker: Asker, shared: Shared, *, slots: int, lease_s: float, waits: bool
) -> coordination.Place:
    """Hold a slot if one is free and nobody was first, else stand in line if it `waits`."""
    lock = locked(Lock, shared)
    lock.tickets += 1
    lock.slots = slots
    new = {"ticket": lock.tickets, "lease_s": lease_s}
    mine = lock.places.get_or_create(**asker.place, defaults=new)[0]
    places = _hand_on(lock, asked_by=mine)
    now = database_now()
    mine = next((place for place in places if place.pk == mine.pk), mine)
    if mine.fence is not None:
        return coordination.Place("held", now, mine.expires_at, mine.fence)
    if waits:
        ends = [place.expires_at for place in places if place.expires_at is not None]
        return coordination.Place("waiting", now, min(ends, default=None))
    mine.delete()
    return coordination.Place("refused", now)


@transaction.atomic
def release(asker: Asker, shared: Shared) -> bool:
    """Give up the place of this turn, or else the oldest one of the execution."""
    lock = locked(Lock, shared)
    mine = list(
        lock.places.filter(execution_id=asker.execution_id, fence__isnull=False).order_by("ticket")
    )
    mine.sort(key=lambda place: place.run.partition("~")[0] != asker.turn)
    if not mine:
        return False
    now = database_now()
    is_held = mine[0].expires_at is not None and mine[0].expires_at > now
    mine[0].delete()
    _hand_on(lock)
    return is_held


def hand_on_all() -> int:
    """Hand on what ended executions held while others wait; how many locks were looked at."""
    waited_for = set(Place.objects.filter(fence=None).values_list("lock_id", flat=True))
    for lock_id in waited_for:
        with transaction.atomic():
            for lock in Lock.objects.filter(pk=lock_id).select_for_update(skip_locked=True):
                _hand_on(lock)
    return len(waited_for)


def _hand_on(lock: Lock, asked_by: Place | None = None) -> list[Place]:
    """Drop places that do not count any more, then serve the line; the places as they are."""
    now = database_now()
    places = list(lock.places.order_by("ticket"))
    alive = ports.executions.open_among({place.execution_id for place in places})
    kept = [place for place in places if place.execution_id in alive and not _is_over(place, now)]
    gone = {place.pk for place in places} - {place.pk for place in kept}
    lock.places.filter(pk__in=gone).delete()
    free = lock.slots - sum(place.fence is not None for place in kept)
    served = [place for place in kept if place.fence is None][: max(0, free)]
    for place in served:
        _grant(lock, place, now)
    # In one order everywhere, since waking locks the row of the execution.
    for place in sorted(served, key=lambda one: one.execution_id):
        if asked_by is None or place.pk != asked_by.pk:
            ports.executions.wake(place.execution_id, place.node, place.run, told=place.pk)
    lock.save(update_fields=["tickets", "fence", "slots"])
    return kept


def _is_over(place: Place, now: datetime) -> bool:
    return place.expires_at is not None and place.expires_at <= now


def _grant(lock: Lock, place: Place, now: datetime) -> None:
    lock.fence += 1
    place.fence = lock.fence
    place.expires_at = now + timedelta(seconds=place.lease_s)
    place.save(update_fields=["fence", "expires_at"])
