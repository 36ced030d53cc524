"""Tells members of what happened, by the ways they want: those who run a workspace, or others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db import transaction

from headrace.accounts import mail
from headrace.accounts import queries as accounts
from headrace.accounts.permissions import ROLE_VERBS
from headrace.accounts.types import MemberRow, Role
from headrace.notifications.models import Notification
from headrace.notifications.ports import ports
from headrace.notifications.wishes import ways_at_failure, ways_of
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import current
from headrace_sdk.notifications import MAX_TITLE, Note, Way

WHO: Final = (Role.OWNER, Role.ADMIN)
MAKERS: Final = tuple(role for role in Role if "workflow.edit" in ROLE_VERBS[role])
"""Who can do something about a workflow that fails."""

Ways: TypeAlias = Callable[[Mapping[str, Any]], Sequence[Way]]
"""By which ways a person with these preferences hears of it."""


def tell_admins(note: Note, *, execution_id: UUID | None = None, workflow_name: str = "") -> int:
    """Tell owners and admins; how many were told."""
    people = _members(WHO)
    tell_members(people, note, execution_id=execution_id, workflow_name=workflow_name)
    return len(people)


def tell_of_failure(note: Note, *, execution_id: UUID, workflow_name: str) -> None:
    """Tell those who may edit workflows and want to hear when one fails by itself."""
    tell_members(
        _members(MAKERS),
        note,
        execution_id=execution_id,
        workflow_name=workflow_name,
        ways=ways_at_failure,
    )


@transaction.atomic
def tell_members(
    people: Sequence[MemberRow],
    note: Note,
    *,
    execution_id: UUID | None = None,
    workflow_name: str = "",
    ways: Ways | None = None,
) -> None:
    """Keep a note for these people, and write to those who want letters.

    Letters leave after the commit, where the operator has named a mail server. Without `ways`
    they are those for the note's urgency.
    """
    wishes = accounts.preferences_of([one.person_id for one in people])
    choose = ways or partial(ways_of, urgency=note.urgency)
    chosen = [(one, choose(wishes.get(one.person_id, {}))) for one in people]
    Notification.objects.bulk_create(
        Notification(
            person_id=one.person_id,
            title=note.title[:MAX_TITLE],
            text=note.text,
            urgency=note.urgency,
            execution_id=execution_id,
            workflow_name=workflow_name[:200],
        )
        for one, by in chosen
        if "in_app" in by
    )
    transaction.on_commit(partial(ports.bell.ring, current().id))
    text = _letter(note, execution_id)
    for one, by in chosen:
        if "email" in by:
            transaction.on_commit(partial(mail.send_behind, one.email, note.title, text))


def _members(roles: Sequence[Role]) -> list[MemberRow]:
    return [one for one in accounts.members() if one.role in roles and one.is_active]


def _letter(note: Note, execution_id: UUID | None) -> str:
    """The text, and where there is a run the way to it."""
    if execution_id is None:
        return note.text
    return f"{note.text}\n\n{origin_of(current())}/app/runs/{execution_id}"
