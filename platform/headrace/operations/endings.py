"""The scheduler's word of credentials that end soon: to their owner, else to owners and admins."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from headrace.accounts import queries as accounts
from headrace.credentials.ending import Ending, take_unwarned
from headrace.notifications.notices import tell_admins, tell_members
from headrace.tenants import queries
from headrace.tenants.context import tenant
from headrace_sdk.notifications import Note

WHAT_TO_DO: Final = "Have it renewed, then replace its values and its last day under Credentials."


def tell_of_endings() -> int:
    """Tell of every credential once for each day that it is said to end on; how many."""
    told = 0
    for ref in queries.all_active():
        with tenant(ref), transaction.atomic():
            for ending in take_unwarned():
                _tell(ending)
                told += 1
    return told


def _tell(ending: Ending) -> None:
    owners = [
        one
        for one in accounts.members()
        if one.person_id == ending.owner_id and one.is_active and ending.owner_id is not None
    ]
    if owners:
        tell_members(owners, _note(ending))
    else:
        tell_admins(_note(ending))


def _note(ending: Ending) -> Note:
    used = f"It is used by {', '.join(ending.workflows[:5])}. " if ending.workflows else ""
    text = used + WHAT_TO_DO
    title = f'The credential "{ending.name}" ends on {ending.expires_on:%Y-%m-%d}'
    return Note(title, text, "high")
