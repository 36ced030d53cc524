"""What was refused leaves an entry in the audit record, too."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from headrace.accounts import queries
from headrace.accounts.errors import Forbidden, MemberNotFound
from headrace.accounts.types import PUBLIC, Actor
from headrace.audit import actions as audit
from headrace.audit.types import Outcome
from headrace.tenants.context import current_or_none


def note(actor: Actor, error: Forbidden, facts: Mapping[str, Any], object_id: str = "") -> None:
    """Note that an actor lacked a right; the action is the right's name.

    Strangers leave nothing: whoever finds the address could fill the record.
    """
    if current_or_none() is None or not actor.is_authenticated:
        return
    kind = error.verb.partition(".")[0]
    audit.record(actor.value, error.verb, kind, object_id, facts, outcome=Outcome.REFUSED)


def note_sign_in(email: str) -> None:
    """Note a wrong password, which the throttle keeps from being many.

    Only a member's address is kept: others type their password into the wrong field.
    """
    found: object = ""
    facts = {}
    with suppress(MemberNotFound):
        found, facts = queries.actor_by_email(email).person_id, {"email": email}
    audit.record(PUBLIC.value, "session.started", "person", found, facts, outcome=Outcome.REFUSED)
