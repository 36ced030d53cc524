"""The browsers in which somebody is signed in, so that each can be seen and ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from headrace.accounts.errors import Forbidden, SessionNotFound
from headrace.accounts.models import BrowserSession
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.tenants.context import current


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One browser. `agent` is what it says of itself; `is_this` marks the one that asks."""

    id: UUID
    address: str
    agent: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def note(session_key: str, person_id: UUID, *, address: str, agent: str) -> None:
    """Remember a session that begins, and forget those of the person that have ended."""
    ended = BrowserSession.objects.filter(person_id=person_id).exclude(
        session_key__in=Session.objects.filter(expire_date__gt=Now()).values("session_key")
    )
    ended.delete()
    BrowserSession.objects.create(
        session_key=session_key,
        person_id=person_id,
        tenant_id=current().id,
        address=address[:45],
        agent=agent[:300],
    )


def saw(session_key: str | None) -> None:
    """The app was opened in this browser."""
    BrowserSession.objects.filter(session_key=session_key).update(seen_at=Now())


def sessions_of(actor: Actor, session_key: str | None) -> Sequence[SessionRow]:
    """The actor's own browsers in the tenant at work, the one that asks first.

    Raises:
        Forbidden: the actor is no person.
    """
    alive = Session.objects.filter(expire_date__gt=Now()).values("session_key")
    rows = _own(actor).filter(session_key__in=alive)
    found = [
        SessionRow(
            row.pk, row.address, row.agent, row.started_at, row.seen_at,
            row.session_key == session_key,
        )
        for row in rows.order_by("-seen_at")
    ]  # fmt: skip
    return sorted(found, key=lambda row: not row.is_this)


@transaction.atomic
def end(actor: Actor, session_id: UUID) -> None:
    """End one of the actor's own sessions at once.

    Raises:
        SessionNotFound: none of the actor's here.
        Forbidden: the actor is no person.
    """
    rows = _own(actor)
    row = rows.filter(pk=session_id).first()
    if row is None:
        raise SessionNotFound
    _end([row])
    audit.record(actor.value, "session.ended", "person", actor.person_id)


@transaction.atomic
def end_others(actor: Actor, session_key: str | None) -> None:
    """End all of the actor's sessions here but the one that asks.

    Raises:
        Forbidden: the actor is no person.
    """
    rows = _own(actor)
    others = list(rows.exclude(session_key=session_key))
    _end(others)
    facts = {"sessions": len(others)}
    audit.record(actor.value, "session.ended", "person", actor.person_id, facts)


def end_all(person_id: UUID) -> None:
    """End all sessions of a person, at every tenant."""
    _end(BrowserSession.objects.filter(person_id=person_id))


def _end(rows: Iterable[BrowserSession]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in rows:
        store(row.session_key).delete()
        row.delete()


def _own(actor: Actor) -> QuerySet[BrowserSession]:
    if actor.kind != "person" or actor.person_id is None:
        raise Forbidden("session.edit")
    return BrowserSession.objects.filter(person_id=actor.person_id, tenant_id=current().id)
