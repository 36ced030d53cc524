"""Reads of the accounts app: who is behind a session or key, and who is a member."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.db.models.functions import Now

from headrace.accounts.errors import MemberNotFound
from headrace.accounts.models import ApiKey, Membership, Person
from headrace.accounts.secrets import hashed, split_key
from headrace.accounts.types import Actor, ApiKeyRow, MemberRow, Role
from headrace.tenants.context import current, current_or_none


def actor_by_session(session: SessionBase) -> Actor | None:
    """The person of a session, if it was made at this tenant and still holds (T-021, S-049).

    On the bare host nobody is signed in.

    The role is read afresh. Changing the password, deactivating the person or ending the
    membership ends the session.
    """
    ref = current_or_none()
    tenant_id, person_id = session.get("tenant"), session.get("person")
    if ref is None or tenant_id != str(ref.id) or person_id is None:
        return None
    membership = (
        Membership.objects.select_related("person")
        .filter(tenant_id=current().id, person_id=person_id)
        .filter(is_active=True, person__is_active=True)
        .first()
    )
    if membership is None:
        return None
    expected = membership.person.get_session_auth_hash()
    if not hmac.compare_digest(str(session.get("proof", "")), expected):
        return None
    return actor_of(membership)


def actor_by_session_key(session_key: str) -> Actor | None:
    """The person behind a session cookie, for callers without Django's middleware."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return actor_by_session(store(session_key)) if session_key else None


def actor_by_api_key(text: str) -> Actor | None:
    """The key's actor: its scopes, and the weaker of its own role and its owner's (S-063)."""
    parts = split_key(text)
    if parts is None:
        return None
    prefix, secret = parts
    key = (
        ApiKey.objects.select_related("owner")
        .filter(Q(expires_at=None) | Q(expires_at__gt=Now()), owner__is_active=True)
        .filter(tenant_id=current().id, prefix=prefix)
        .first()
    )
    if key is None or not hmac.compare_digest(key.secret_hash, hashed(secret)):
        return None
    return _actor_of_key(key)


def actor_by_id(actor_id: UUID) -> Actor | None:
    """The person or API key with this id, as it stands now; `None` if it may do nothing here."""
    membership = (
        Membership.objects.select_related("person")
        .filter(tenant_id=current().id, person_id=actor_id)
        .filter(is_active=True, person__is_active=True)
        .first()
    )
    if membership is not None:
        return actor_of(membership)
    key = (
        ApiKey.objects.select_related("owner")
        .filter(Q(expires_at=None) | Q(expires_at__gt=Now()), owner__is_active=True)
        .filter(tenant_id=current().id, pk=actor_id)
        .first()
    )
    return _actor_of_key(key) if key is not None else None


def _actor_of_key(key: ApiKey) -> Actor | None:
    rows = Membership.objects.filter(tenant_id=current().id, person=key.owner, is_active=True)
    membership = rows.first()
    if membership is None:
        return None
    return Actor(
        kind="api_key",
        id=key.id,
        label=key.name,
        role=max(Role(key.role), Role(membership.role), key=lambda role: role.rank),
        scopes=None if key.scopes is None else frozenset(key.scopes),
        person_id=key.owner_id,
    )


def actor_of(membership: Membership) -> Actor:
    """The member as an actor."""
    person = membership.person
    return Actor(
        kind="person",
        id=person.id,
        label=person.name or person.email,
        role=Role(membership.role),
        person_id=person.id,
    )


def preferences_of(people: Collection[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """What each of these people prefers."""
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "preferences"))


def person_facts(person_id: UUID | None) -> dict[str, Any] | None:
    """`id`, `email`, `name` and `preferences` of a person."""
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    if person is None:
        return None
    return {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "preferences": person.preferences,
    }


def is_known(email: str) -> bool:
    """Is there a person with this address?"""
    return Person.objects.filter(email__iexact=email).exists()


def is_active_member(person: Person) -> bool:
    """May this person sign in at the tenant at work?"""
    rows = Membership.objects.filter(person=person, tenant_id=current().id)
    return rows.filter(is_active=True).exists()


def members() -> Sequence[MemberRow]:
    """The members of the tenant at work, in the order they joined."""
    rows = Membership.objects.select_related("person").filter(tenant_id=current().id)
    return [as_member(row) for row in rows.order_by("joined_at", "id")]


def member(membership_id: UUID) -> MemberRow:
    """One of them.

    Raises:
        MemberNotFound: no such member here.
    """
    rows = Membership.objects.select_related("person").filter(tenant_id=current().id)
    row = rows.filter(pk=membership_id).first()
    if row is None:
        raise MemberNotFound
    return as_member(row)


def actor_by_email(email: str) -> Actor:
    """The member with this address as an actor, for commands that act on somebody's behalf.

    Raises:
        MemberNotFound: nobody with this address is a member here.
    """
    row = (
        Membership.objects.select_related("person")
        .filter(tenant_id=current().id, person__email__iexact=email)
        .filter(is_active=True, person__is_active=True)
        .first()
    )
    if row is None:
        raise MemberNotFound
    return actor_of(row)


def api_keys(owner_id: UUID | None = None) -> Sequence[ApiKeyRow]:
    """The keys of the tenant at work, newest first; of one owner where given."""
    rows = ApiKey.objects.select_related("owner").filter(tenant_id=current().id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return [as_key(row) for row in rows.order_by("-id")]


def as_member(row: Membership) -> MemberRow:
    """The membership as a value."""
    person = row.person
    return MemberRow(
        id=row.id,
        person_id=person.id,
        email=person.email,
        name=person.name,
        role=Role(row.role),
        joined_at=row.joined_at,
        is_active=row.is_active,
    )


def as_key(row: ApiKey) -> ApiKeyRow:
    """The key as a value."""
    return ApiKeyRow(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        scopes=None if row.scopes is None else frozenset(row.scopes),
        role=Role(row.role),
        owner_id=row.owner_id,
        owner_name=row.owner.name or row.owner.email,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
