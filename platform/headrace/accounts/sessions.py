"""Browser sessions: bound to one person, one tenant and the person's current password."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token, rotate_token
from rest_framework.exceptions import NotAuthenticated

from headrace.accounts import mail, open_sessions, queries
from headrace.accounts.models import Person
from headrace.accounts.permissions import granted
from headrace.accounts.ports import ports
from headrace.accounts.types import Actor
from headrace.tenants.addresses import operators_address
from headrace.tenants.context import TenantRef, current, current_or_none
from headrace.tenants.queries import name_of
from headrace_sdk.items import JsonObject


def begin(request: HttpRequest, person: Person) -> Actor | None:
    """Start a session under a new key, so that one fixed beforehand is worth nothing."""
    request.session.flush()
    request.session["person"] = str(person.id)
    request.session["tenant"] = str(current().id)
    request.session["proof"] = person.get_session_auth_hash()
    request.session.save()
    open_sessions.note(
        request.session.session_key or "",
        person.id,
        address=request.META.get("REMOTE_ADDR", ""),
        agent=request.headers.get("User-Agent", ""),
    )
    rotate_token(request)
    return queries.actor_by_session(request.session)


def signed_in(request: HttpRequest, person: Person) -> JsonObject:
    """Begin a session and show it.

    Raises:
        NotAuthenticated: the person may not be here.
    """
    actor = begin(request, person)
    if actor is None:
        raise NotAuthenticated
    return describe(request, actor)


def describe(request: HttpRequest, actor: Actor) -> JsonObject:
    """The session as the API shows it."""
    ref = current()
    person = queries.person_facts(actor.person_id) if actor.kind == "person" else None
    preferences = person.pop("preferences") if person else {}
    return {
        "person": person and {**person, "id": str(person["id"])},
        "tenant": _shown(ref),
        "role": actor.role and actor.role.value,
        "permissions": list(granted(actor)),
        "preferences": preferences,
        "operators_url": operators_address() if _is_operator(actor) else None,
        "multi_tenant": settings.MULTI_TENANT,
        "csrf_token": get_token(request),
        "version": settings.VERSION,
    }


def _is_operator(actor: Actor) -> bool:
    """An operator in person: a key of theirs opens no page."""
    return actor.kind == "person" and actor.id is not None and ports.is_operator(actor.id)


def can_mail() -> bool:
    """Does a forgotten password bring a letter?"""
    return mail.is_set_up()


def place() -> JsonObject | None:
    """The tenant of this host as its sign-in page shows it; `None` on the bare host."""
    ref = current_or_none()
    return _shown(ref) if ref else None


def _shown(ref: TenantRef) -> JsonObject:
    return {"id": str(ref.id), "slug": ref.slug, "name": name_of(ref.id)}
