"""Hands a question on: from those who are asked to a member or a role that is to answer instead."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from headrace.accounts import queries as accounts
from headrace.accounts.errors import InvalidInput
from headrace.accounts.permissions import require
from headrace.accounts.types import Actor, MemberRow, Role
from headrace.approvals import queries
from headrace.approvals.errors import ApprovalDecided
from headrace.approvals.ports import ports
from headrace.approvals.types import ApprovalRow
from headrace.audit import actions as audit
from headrace.notifications.notices import tell_members
from headrace.tenants.clock import database_now
from headrace_sdk.notifications import MAX_TEXT, Note


@transaction.atomic
def hand_over(actor: Actor, approval_id: UUID, to: str) -> ApprovalRow:
    """Ask `to`, an e-mail address or `role:…`, instead of those who are asked now.

    The new ones are told by the ways they want; owners and admins may decide as ever.

    Raises:
        Forbidden: the actor may not decide, or is not among those who are asked.
        InvalidInput: nobody here is meant.
        ApprovalNotFound: as it says.
        ApprovalDecided: somebody has decided, or its time is over.
    """
    require(actor, "approval.decide")
    row = queries.found(approval_id)
    require(actor, "approval.decide", queries.assignees_of(row))
    assignee, people = _meant(to)
    now = database_now()
    is_open = queries.still_open(approval_id, now).update(
        assignees=[assignee], handed_over_by_name=actor.label[:200], touched_at=now
    )
    if not is_open:
        raise ApprovalDecided(queries.closed_as(approval_id))
    note = Note(title=f"{actor.label} asks you to decide: {row.title}", text=row.message[:MAX_TEXT])
    others = [one for one in people if one.person_id != actor.person_id]
    tell_members(others, note, execution_id=row.execution_id, workflow_name=row.workflow_name)
    transaction.on_commit(partial(ports.bell.ring, row.tenant_id))
    facts = {"execution": str(row.execution_id), "title": row.title, "to": assignee}
    audit.record(actor.value, "approval.handed_over", "approval", approval_id, facts)
    return queries.approval(approval_id)


def _meant(to: str) -> tuple[str, list[MemberRow]]:
    """The word as rows keep it, and the members who are told: those who have just this role."""
    word = to.strip().lower()
    role = next((one for one in Role if word == f"{queries.ROLE}{one.value}"), None)
    people = [
        one
        for one in accounts.members()
        if (one.role is role if role else one.email.lower() == word)
    ]
    if not people:
        message = "Nobody in this workspace is meant by that. Choose a member or a role."
        raise InvalidInput("/to", message)
    return word, people
