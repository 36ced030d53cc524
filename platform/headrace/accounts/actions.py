"""Writes of the accounts app: people, memberships, keys and sign-in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from headrace.accounts import denials, queries, throttle
from headrace.accounts.errors import (
    ApiKeyNotFound,
    BadCredentials,
    Forbidden,
    InvalidInput,
    LastOwner,
    MemberNotFound,
)
from headrace.accounts.models import ApiKey, Membership, Person, SignInToken
from headrace.accounts.permissions import VERBS, can, require
from headrace.accounts.secrets import hashed, new_key, new_token
from headrace.accounts.types import Actor, ApiKeyRow, MemberRow, Role
from headrace.audit import actions as audit
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import current

SIGN_IN_LINK_MINUTES: Final = 15
USE_NOTED_EVERY: Final = timedelta(minutes=1)


@cache
def _decoy() -> str:
    """Compared with when the address is unknown, so that both answers take as long (T-031)."""
    return make_password("decoy")


def sign_in(email: str, password: str, *, host: str) -> Person:
    """The member with this address and password.

    Raises:
        BadCredentials, TooManyAttempts: as for `authenticate`.
    """
    try:
        person = authenticate(email, password, host=host, admits=queries.is_active_member)
    except BadCredentials:
        denials.note_sign_in(email)
        raise
    audit.record(_as_actor(person).value, "session.started", "person", person.id)
    return person


def authenticate(
    email: str, password: str, *, host: str, admits: Callable[[Person], bool]
) -> Person:
    """The person with this address and password, if `admits` lets them in.

    Raises:
        BadCredentials: the same answer for an unknown address, a wrong password and a stranger.
        TooManyAttempts: too many failures lately.
    """
    throttle.refuse_if_exhausted(email, host)
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    is_right = check_password(password, person.password if person else _decoy())
    if person is None or not is_right or not admits(person):
        throttle.count_failure(email, host)
        raise BadCredentials
    throttle.forgive(email, host)
    return person


@transaction.atomic
def sign_in_once(token: str) -> Person:
    """The person of a one-time link, which is used up by it.

    Raises:
        BadCredentials: unknown, used or too old.
    """
    row = (
        SignInToken.objects.select_for_update()
        .select_related("person")
        .filter(secret_hash=hashed(token), tenant_id=current().id)
        .filter(purpose=SignInToken.SIGN_IN, used_at=None, expires_at__gt=Now())
        .filter(person__is_active=True)
        .first()
    )
    if row is None or not queries.is_active_member(row.person):
        raise BadCredentials("This sign-in link is used up or too old. Ask for a new one.")
    SignInToken.objects.filter(pk=row.pk).update(used_at=Now())
    audit.record(_as_actor(row.person).value, "session.started", "person", row.person.id)
    return row.person


@transaction.atomic
def create_sign_in_link(email: str) -> str:
    """The address of a page that signs a member in once, within minutes.

    Raises:
        MemberNotFound: nobody with this address is a member here.
    """
    actor = queries.actor_by_email(email)
    person = Person.objects.get(email__iexact=email)
    token = new_sign_in_token(person, current().id, minutes=SIGN_IN_LINK_MINUTES)
    audit.record(actor.value, "session.link_created", "person", actor.id)
    return f"{origin_of(current())}/app/sign-in?token={token}"


def new_sign_in_token(
    person: Person, tenant_id: UUID, *, minutes: int, purpose: str = SignInToken.SIGN_IN
) -> str:
    """A token that does its purpose at that tenant once, if the person is a member by then."""
    token = new_token()
    SignInToken.objects.filter(Q(expires_at__lt=Now()) | ~Q(used_at=None)).delete()
    SignInToken.objects.create(
        secret_hash=hashed(token),
        person=person,
        tenant_id=tenant_id,
        purpose=purpose,
        expires_at=Now() + timedelta(minutes=minutes),
    )
    return token


@transaction.atomic
def create_person(email: str, *, name: str = "", password: str | None = None) -> Person:
    """A person who can sign in once they are a member somewhere; the known one if there is one.

    Raises:
        InvalidInput: the address or the password will not do.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput("/email", "This is not an e-mail address.") from error
    known = Person.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    person = Person(email=email.lower(), name=name)
    if password is not None:
        _check_password(password, person)
    person.set_password(password)
    person.save()
    return person


@transaction.atomic
def add_member(actor: Actor, person: Person, role: Role) -> MemberRow:
    """Make a person a member of the tenant at work, or give a member another role."""
    row, _ = Membership.objects.update_or_create(
        person=person, tenant_id=current().id, defaults={"role": role.value}
    )
    row.refresh_from_db()
    audit.record(actor.value, "member.added", "member", row.pk, {"role": role.value})
    return queries.as_member(row)


@transaction.atomic
def change_role(actor: Actor, membership_id: UUID, role: Role) -> MemberRow:
    """Give a member another role.

    Raises:
        MemberNotFound: no such member here.
        Forbidden: the actor may not, or the member or the new role stands above the actor.
        LastOwner: nobody would own the tenant.
    """
    row = _locked_member(actor, "member.edit", membership_id)
    if actor.role is None or role.rank < actor.role.rank:
        raise Forbidden("member.edit")
    _keep_an_owner(row, role)
    before, row.role = row.role, role.value
    row.save(update_fields=["role"])
    facts: dict[str, Any] = {"from": before, "to": role.value}
    audit.record(actor.value, "member.role_changed", "member", row.pk, facts)
    return queries.as_member(row)


@transaction.atomic
def set_active(actor: Actor, membership_id: UUID, *, is_active: bool) -> MemberRow:
    """Shut a member out for the time being, or let them in again; what is theirs stays.

    Raises:
        MemberNotFound, Forbidden, LastOwner: as for `change_role`.
    """
    row = _locked_member(actor, "member.edit", membership_id)
    if row.is_active == is_active:
        return queries.as_member(row)
    if not is_active:
        _keep_an_owner(row, None)
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    action = "member.activated" if is_active else "member.deactivated"
    audit.record(actor.value, action, "member", row.pk)
    return queries.as_member(row)


@transaction.atomic
def leave(actor: Actor) -> None:
    """End one's own membership of the tenant at work.

    Raises:
        Forbidden: the actor is no person.
        MemberNotFound, LastOwner: as for `change_role`.
    """
    if actor.kind != "person" or actor.person_id is None:
        raise Forbidden("session.edit")
    rows = Membership.objects.select_for_update().filter(tenant_id=current().id)
    row = rows.filter(person_id=actor.person_id).first()
    if row is None:
        raise MemberNotFound
    _end(actor, row)


@transaction.atomic
def remove_member(actor: Actor, membership_id: UUID) -> None:
    """End a membership; the person's sessions and keys here end with it.

    Raises:
        MemberNotFound, Forbidden, LastOwner: as for `change_role`.
    """
    _end(actor, _locked_member(actor, "member.delete", membership_id))


def _end(actor: Actor, row: Membership) -> None:
    _keep_an_owner(row, None)
    ApiKey.objects.filter(tenant_id=current().id, owner_id=row.person_id).delete()
    membership_id = row.pk
    row.delete()
    audit.record(actor.value, "member.removed", "member", membership_id)


@transaction.atomic
def create_api_key(
    actor: Actor,
    name: str,
    *,
    scopes: Collection[str] | None = None,
    role: Role | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKeyRow, str]:
    """A key that acts for the actor's person, and its text, which is not kept.

    Raises:
        Forbidden: the actor may not, or asks for more than it has itself.
        InvalidInput: a scope does not exist.
    """
    require(actor, "api_key.create")
    for scope in scopes or ():
        if scope not in VERBS:
            raise InvalidInput("/scopes", f"There is no right “{scope}”.")
    if actor.role is None or actor.person_id is None or (role and role.rank < actor.role.rank):
        raise Forbidden("api_key.create")
    if actor.scopes is not None and (scopes is None or not actor.scopes.issuperset(scopes)):
        raise Forbidden("api_key.create")
    key = new_key()
    row = ApiKey.objects.create(
        tenant_id=current().id,
        owner_id=actor.person_id,
        name=name,
        prefix=key.prefix,
        secret_hash=key.secret_hash,
        scopes=None if scopes is None else sorted(set(scopes)),
        role=(role or actor.role).value,
        expires_at=expires_at,
    )
    row.refresh_from_db()
    audit.record(actor.value, "api_key.created", "api_key", row.pk, {"name": name})
    return queries.as_key(row), key.text


@transaction.atomic
def delete_api_key(actor: Actor, key_id: UUID) -> None:
    """Revoke a key at once.

    Raises:
        ApiKeyNotFound: no such key here, or none that the actor may see.
        Forbidden: the actor may not manage keys.
    """
    require(actor, "api_key.delete")
    row = ApiKey.objects.select_related("owner").filter(tenant_id=current().id, pk=key_id).first()
    if row is None or not can(actor, "api_key.delete", queries.as_key(row)):
        raise ApiKeyNotFound
    row.delete()
    audit.record(actor.value, "api_key.deleted", "api_key", key_id)


def note_use(key_id: UUID) -> None:
    """Remember that a key was used, at most once a minute."""
    stale = Q(last_used_at=None) | Q(last_used_at__lt=Now() - USE_NOTED_EVERY)
    ApiKey.objects.filter(stale, pk=key_id).update(last_used_at=Now())


@transaction.atomic
def save_preferences(actor: Actor, changes: dict[str, Any]) -> dict[str, Any]:
    """Merge changes into the person's own preferences; answer with all of them.

    Raises:
        Forbidden: the actor is no person.
    """
    if actor.kind != "person" or actor.id is None:
        raise Forbidden("session.edit")
    person = Person.objects.select_for_update().get(pk=actor.id)
    preferences: dict[str, Any] = {**person.preferences, **changes}
    person.preferences = preferences
    person.save(update_fields=["preferences"])
    return preferences


@transaction.atomic
def rename(actor: Actor, name: str) -> None:
    """Change the name by which others see the actor's person.

    Raises:
        Forbidden: the actor is no person.
    """
    if actor.kind != "person" or actor.person_id is None:
        raise Forbidden("session.edit")
    Person.objects.filter(pk=actor.person_id).update(name=name)
    audit.record(actor.value, "person.renamed", "person", actor.person_id, {"name": name})


def set_password(email: str, password: str) -> None:
    """Give a person another password; their sessions end.

    Raises:
        MemberNotFound: there is no such person.
        InvalidInput: the password will not do.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise MemberNotFound
    _check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInput("/password", " ".join(error.messages)) from error


def _as_actor(person: Person) -> Actor:
    return Actor("person", person.id, person.name or person.email, person_id=person.id)


def _locked_member(actor: Actor, verb: str, membership_id: UUID) -> Membership:
    require(actor, verb)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(tenant_id=current().id, pk=membership_id).first()
    if row is None:
        raise MemberNotFound
    require(actor, verb, queries.as_member(row))
    return row


def _keep_an_owner(row: Membership, role: Role | None) -> None:
    if row.role != Role.OWNER or role == Role.OWNER or not row.is_active:
        return
    # Locking every owner makes two of them who leave at once wait for each other.
    owners = Membership.objects.select_for_update().filter(tenant_id=current().id, role=Role.OWNER)
    if len(owners.filter(is_active=True)) == 1:
        raise LastOwner
