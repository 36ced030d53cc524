"""Keeps notes for members, once for each item of a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.db import transaction

from headrace.accounts import queries as accounts
from headrace.accounts.types import MemberRow, Role
from headrace.notifications.models import Notification
from headrace.notifications.ports import ports
from headrace.notifications.wishes import ways_of, webhook_of
from headrace.state.once import once
from headrace.state.types import Asker, Shared
from headrace.tenants.context import current
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue
from headrace_sdk.notifications import MAX_PEOPLE, MAX_TEXT, MAX_TITLE, Note

EVERYONE = "everyone"
ROLE = "role:"


def tell(
    asker: Asker,
    call: int,
    shared: Shared,
    to: Sequence[str],
    note: Note,
    *,
    workflow_name: str,
) -> list[list[Any]]:
    """The fields of `Recipient` for everybody who is meant, as the first attempt found them.

    Raises:
        UserError: nobody is meant, or the note is too long.
    """
    checked(note)

    def act() -> JsonValue:
        people = meant(to)
        wishes = accounts.preferences_of([one.person_id for one in people])
        told: list[JsonValue] = []
        rows = []
        for one in people:
            own = wishes.get(one.person_id, {})
            ways = ways_of(own, note.urgency)
            told.append([one.email, one.name, [*ways], webhook_of(own)])
            if "in_app" in ways:
                rows.append(
                    Notification(
                        person_id=one.person_id,
                        title=note.title.strip(),
                        text=note.text,
                        urgency=note.urgency,
                        execution_id=asker.execution_id,
                        workflow_name=workflow_name[:200],
                    )
                )
        Notification.objects.bulk_create(rows)
        if rows:
            transaction.on_commit(partial(ports.bell.ring, current().id))
        return told

    operation = asker.operation("tell", shared.key, call)
    return cast("list[list[Any]]", once(operation, asker.execution_id, act))


def checked(note: Note) -> None:
    """Do nothing if the note can be kept.

    Raises:
        UserError: it has no title, or is too long.
    """
    text = note.title + note.text
    is_text = "\x00" not in text and text == text.encode(errors="replace").decode()
    if not note.title.strip() or len(note.title) > MAX_TITLE or not is_text:
        message = f"A title has 1 to {MAX_TITLE} characters, all of them of Unicode and none NUL."
        raise UserError(message, field="title", code="invalid_note")
    if len(note.text) > MAX_TEXT:
        message = f"The text has {len(note.text):,} characters; at most {MAX_TEXT:,} can be told."
        raise UserError(message, field="text", code="invalid_note")


def meant(to: Sequence[str]) -> list[MemberRow]:
    """The members whom addresses, roles and `everyone` mean, each once.

    Raises:
        UserError: one of them means nobody.
    """
    members = accounts.members()
    found: dict[Any, MemberRow] = {}
    for word in filter(None, (one.strip() for one in to)):
        matching = [one for one in members if _is_meant(one, word)]
        if not matching:
            message = f"{word[:60]!r} is no member of this workspace. Invite the person first."
            raise UserError(message, field="to", code="unknown_recipient")
        found |= {one.person_id: one for one in matching}
    if not 0 < len(found) <= MAX_PEOPLE:
        message = f"A note is for 1 to {MAX_PEOPLE} members, not {len(found)}."
        raise UserError(message, field="to", code="unknown_recipient")
    return list(found.values())


def _is_meant(member: MemberRow, word: str) -> bool:
    if word.startswith(ROLE):
        roles = {role.value: role.rank for role in Role}
        return member.role.rank <= roles.get(word.removeprefix(ROLE), -1)
    return word == EVERYONE or member.email.lower() == word.lower()
