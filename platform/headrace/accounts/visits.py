"""Passes: how a member who is signed in is known where the session's cookie never goes.

A pass is a signed text that names an open session, never its key, and one place. It holds for as
long as that session does and whoever reads it allows: seconds, to come in by an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing

from headrace.accounts import queries
from headrace.accounts.errors import Forbidden
from headrace.accounts.models import BrowserSession
from headrace.accounts.types import Actor
from headrace.tenants.context import current
from headrace_sdk.items import JsonObject

MAX_PASS: Final = 500
"""Characters; a text that is longer was not made here."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came in with a pass, as the member is now."""

    id: UUID
    name: str
    email: str
    role: str

    def to_json(self) -> JsonObject:
        """As workflows are told."""
        return {"id": str(self.id), "name": self.name, "email": self.email, "role": self.role}


def new_pass(actor: Actor, session: SessionBase, place: str) -> str:
    """A pass for one place.

    Raises:
        Forbidden: nobody is signed in with this session; API keys visit nothing.
    """
    if actor.kind != "person" or actor.person_id is None:
        raise Forbidden("session.edit")
    rows = BrowserSession.objects.filter(session_key=session.session_key)
    row = rows.filter(person_id=actor.person_id, tenant_id=current().id).first()
    if row is None:
        raise Forbidden("session.edit")
    return signing.dumps(row.pk.hex, salt=_salt(place))


def visitor(text: str, place: str, *, within_s: int) -> Visitor | None:
    """Whose pass it is; `None` if it is older, for another place, or its session has ended."""
    if len(text) > MAX_PASS:
        return None
    try:
        named = UUID(signing.loads(text, salt=_salt(place), max_age=within_s))
    except signing.BadSignature:
        return None
    row = BrowserSession.objects.filter(pk=named, tenant_id=current().id).first()
    actor = queries.actor_by_session_key(row.session_key) if row else None
    facts = queries.person_facts(actor.person_id) if actor else None
    if actor is None or actor.role is None or facts is None:
        return None
    return Visitor(facts["id"], facts["name"], facts["email"], actor.role.value)


def _salt(place: str) -> str:
    return f"visit:{current().id}:{place}"
