"""Bursts: executions of a key that come close together, collapsed into one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from headrace.state.models import Burst, Gathering, Member
from headrace.state.once import locked
from headrace.state.ports import ports
from headrace.state.types import Asker, Shared
from headrace.tenants.clock import database_now
from headrace_sdk.coordination import Keep


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a run stands; `blocks` are the items of all members, when it goes on with them."""

    state: Literal["leads", "collapsed", "goes"]
    due_at: datetime | None = None
    blocks: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """How long a burst lasts after its last (or first) member, and how many items end it."""

    length_s: float
    keep: Keep
    at_most: int


@transaction.atomic
def gather(asker: Asker, shared: Shared, block: bytes, count: int, window: Window) -> Stand:
    """Join the open burst, or begin one."""
    burst = locked(Burst, shared)
    known = _member(asker)
    if known is not None:
        return _stand(known)
    now = database_now()
    gathering = _open(burst, now)
    member = Member(**asker.place, items=block, count=count)
    due_at = now + timedelta(seconds=window.length_s)
    if gathering is None:
        gathering = Gathering(burst=burst, leader=member.pk, due_at=due_at)
        gathering.save(force_insert=True)
        burst.current = gathering.pk
        burst.save(update_fields=["current"])
        _inherit(gathering)
    member.gathering = gathering
    member.save(force_insert=True)
    _settle(gathering, member, window, due_at)
    return _stand(member)


@transaction.atomic
def collect(asker: Asker, shared: Shared) -> Stand:
    """What became of the burst that the run joined; its leader closes it when it is due."""
    locked(Burst, shared)
    member = _member(asker)
    if member is None:
        return Stand("collapsed")
    gathering = member.gathering
    if gathering.closed_at is None and gathering.due_at <= database_now():
        _close(gathering)
    return _stand(member)


def _settle(gathering: Gathering, member: Member, window: Window, due_at: datetime) -> None:
    """Decide who leads now that `member` has joined, and whether the burst is full."""
    leader = gathering.leader
    if window.keep == "last" or not _is_open(leader):
        gathering.leader, gathering.due_at = member.pk, due_at
        gathering.save(update_fields=["leader", "due_at"])
    total = gathering.members.aggregate(total=Sum("count"))["total"] or 0
    is_full = total >= window.at_most
    if is_full:
        _close(gathering)
    if leader != member.pk and (is_full or gathering.leader != leader):
        _wake(leader)


def _open(burst: Burst, now: datetime) -> Gathering | None:
    """The burst that can still be joined; one that is overdue is closed for its leader."""
    if burst.current is None:
        return None
    gathering = burst.gatherings.filter(pk=burst.current, closed_at=None).first()
    if gathering is not None and gathering.due_at <= now and _is_open(gathering.leader):
        _close(gathering)
        return None
    return gathering


def _inherit(gathering: Gathering) -> None:
    """Take over what was closed for a leader that ended before it was given the items."""
    untaken = Gathering.objects.filter(
        burst=gathering.burst_id, closed_at__isnull=False, taken_at=None
    )
    for one in untaken:
        if not _is_open(one.leader):
            one.members.update(gathering=gathering)
            one.delete()


def _close(gathering: Gathering) -> None:
    gathering.closed_at = database_now()
    gathering.save(update_fields=["closed_at"])


def _member(asker: Asker) -> Member | None:
    return Member.objects.filter(**asker.place).select_related("gathering").first()


def _stand(member: Member) -> Stand:
    """What the run is told; a leader whose burst is closed takes the items by that."""
    gathering = member.gathering
    if gathering.leader != member.pk:
        return Stand("collapsed")
    if gathering.closed_at is None:
        return Stand("leads", gathering.due_at)
    if gathering.taken_at is None:
        gathering.taken_at = database_now()
        gathering.save(update_fields=["taken_at"])
    # Keys are made in the order of joining, since the burst is locked then.
    members = gathering.members.order_by("joined_at", "id")
    return Stand("goes", blocks=tuple(bytes(one.items) for one in members))


def _is_open(leader: UUID) -> bool:
    ids = set(Member.objects.filter(pk=leader).values_list("execution_id", flat=True))
    return bool(ports.executions.open_among(ids))


def _wake(leader: UUID) -> None:
    for member in Member.objects.filter(pk=leader):
        ports.executions.wake(member.execution_id, member.node, member.run, told=member.pk)
