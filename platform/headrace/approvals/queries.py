"""Reads of the approvals app."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import orjson
from django.db.models import Count, Max, Min, Q, QuerySet

from headrace.accounts import queries as accounts
from headrace.accounts.permissions import can
from headrace.accounts.types import Actor, Assignees, Role
from headrace.approvals.card import card_of
from headrace.approvals.errors import ApprovalNotFound
from headrace.approvals.models import Approval
from headrace.approvals.types import ApprovalRow, Inbox, State
from headrace.tenants.clock import database_now

ROLE: Final = "role:"
LATE: Final = timedelta(seconds=5)
"""A change may become visible so long after the time that it carries."""


def rows(state: str | None = None) -> QuerySet[Approval]:
    """Approvals, newest first: all, those that are `open`, or those that are `decided`."""
    found = Approval.objects.order_by("-created_at", "-id")
    if state == "open":
        return found.filter(state=State.OPEN)
    return found.exclude(state=State.OPEN) if state == "decided" else found


def open_since() -> tuple[int, datetime | None]:
    """How many approvals of the tenant are open, and when the oldest of them was asked."""
    found = rows("open").order_by().aggregate(count=Count("pk"), oldest=Min("created_at"))
    return found["count"], found["oldest"]


def approval(approval_id: UUID) -> ApprovalRow:
    """One approval.

    Raises:
        ApprovalNotFound: there is none in this tenant.
    """
    return as_row(found(approval_id))


def found(approval_id: UUID) -> Approval:
    """The row itself, for this app.

    Raises:
        ApprovalNotFound: there is none in this tenant.
    """
    row = Approval.objects.filter(pk=approval_id).first()
    if row is None:
        raise ApprovalNotFound
    return row


def still_open(approval_id: UUID, now: datetime) -> QuerySet[Approval]:
    """The row, for an update that only the first of many makes; nothing once its time is over."""
    in_time = Q(expires_at=None) | Q(expires_at__gt=now)
    return Approval.objects.filter(in_time, pk=approval_id, state=State.OPEN)


def closed_as(approval_id: UUID) -> str:
    """Why it is not open any more; `expired` where its time is over and no worker has looked.

    Raises:
        ApprovalNotFound: there is none in this tenant.
    """
    state = found(approval_id).state
    return State.EXPIRED if state == State.OPEN else state


def assignees_of(row: ApprovalRow | Approval) -> Assignees:
    """Who is asked, as rights are checked: people by id, and roles."""
    named = tuple(str(one).lower() for one in row.assignees)
    emails = frozenset(one for one in named if not one.startswith(ROLE))
    people = {one.person_id for one in accounts.members() if one.email.lower() in emails}
    roles = {one.removeprefix(ROLE) for one in named if one.startswith(ROLE)}
    return Assignees(
        is_anybody=not named,
        people=frozenset(people if emails else ()),
        roles=frozenset(role for role in Role if role.value in roles),
    )


def may_decide(actor: Actor, row: ApprovalRow) -> bool:
    """Is it open, and may this actor close it?"""
    return row.state == State.OPEN and can(actor, "approval.decide", assignees_of(row))


def inbox(actor: Actor, since: datetime | None) -> Inbox | None:
    """How much waits for the actor and what changed after `since`; `None`: nothing changed."""
    newest = Approval.objects.aggregate(at=Max("touched_at"))["at"]
    now = database_now()
    if since is not None and (newest is None or newest <= since - LATE):
        return None
    changed = (
        Approval.objects.filter(touched_at__gt=since - LATE).order_by("touched_at")[:200]
        if since is not None
        else ()
    )
    waiting = [as_row(row) for row in rows("open").filter(_asked(actor)).defer("items")[:1_000]]
    mine = sum(may_decide(actor, row) for row in waiting)
    return Inbox(mine, tuple(as_row(row) for row in changed), now)


def _asked(actor: Actor) -> Q:
    """Narrows rows to those that the actor might be asked in; `may_decide` has the last word."""
    if actor.role in {Role.OWNER, Role.ADMIN}:
        return Q()
    facts = accounts.person_facts(actor.person_id)
    email = str(facts["email"]).lower() if facts else ""
    roles = (Q(assignees__contains=[f"{ROLE}{role}"]) for role in Role)
    asked = Q(assignees=[]) | Q(assignees__contains=[email])
    for one in roles:
        asked |= one
    return asked


def as_row(row: Approval) -> ApprovalRow:
    """The row as a value."""
    items = () if "items" in row.get_deferred_fields() else orjson.loads(bytes(row.items))
    return ApprovalRow(
        id=row.pk,
        title=row.title,
        message=row.message,
        card=card_of(row.card),
        execution_id=row.execution_id,
        execution_number=row.execution_number,
        workflow_id=row.workflow_id,
        workflow_name=row.workflow_name,
        node=row.node,
        node_name=row.node_name,
        run=row.run,
        state=State(row.state),
        assignees=tuple(row.assignees),
        handed_over_by=row.handed_over_by_name or None,
        needs_reason=row.needs_reason,
        is_risky=row.is_risky,
        is_bulk_safe=row.is_bulk_safe,
        created_at=row.created_at,
        expires_at=row.expires_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by_name or None,
        reason=row.reason,
        corrections=row.corrections,
        items=tuple(items),
    )
