"""Changing one's password, and links by which somebody who forgot it sets another."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts import actions, mail, open_sessions, queries, throttle
from headrace.accounts.errors import BadCredentials, Forbidden, InvalidInput
from headrace.accounts.models import Membership, Person, SignInToken
from headrace.accounts.secrets import hashed
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import current
from headrace.tenants.queries import name_of

LINK_MINUTES: Final = 30


def change(actor: Actor, before: str, after: str, *, host: str) -> Person:
    """Give the person behind a session another password; all their sessions end.

    Raises:
        Forbidden: the actor is no person.
        InvalidInput: the present password is another, or the new one will not do.
        TooManyAttempts: too many wrong passwords lately.
    """
    if actor.kind != "person" or actor.person_id is None:
        raise Forbidden("session.edit")
    person = Person.objects.get(pk=actor.person_id)
    throttle.refuse_if_exhausted(person.email, host)
    if not check_password(before, person.password):
        throttle.count_failure(person.email, host)
        raise InvalidInput("/current", "This is not your present password.")
    return _set(actor, person, after)


def forgotten(email: str, *, host: str) -> None:
    """Send a link to a member who forgot their password; for anybody else nothing happens.

    Raises:
        TooManyAttempts: too many such wishes for this address or from this host.
    """
    for kind, whose in (("forgotten at", email.lower()), ("forgotten from", host)):
        throttle.spend(kind, whose, "Too many links were asked for.")
    membership = (
        Membership.objects.select_related("person")
        .filter(tenant_id=current().id, is_active=True)
        .filter(person__email__iexact=email, person__is_active=True)
        .first()
    )
    if membership is None or not mail.is_set_up():
        return
    link = create_link(email)
    text = (
        f"Somebody, probably you, wants to set another password for {name_of(current().id)}.\n\n"
        f"Set it here within {LINK_MINUTES} minutes:\n{link}\n\n"
        "If it was not you, ignore this: the old password still holds.\n"
    )
    mail.send_behind(membership.person.email, "Set another password", text)


@transaction.atomic
def create_link(email: str) -> str:
    """The address of a page on which a member sets another password, once, within minutes.

    Raises:
        MemberNotFound: nobody with this address is an active member here.
    """
    actor = queries.actor_by_email(email)
    person = Person.objects.get(email__iexact=email)
    token = actions.new_sign_in_token(
        person, current().id, minutes=LINK_MINUTES, purpose=SignInToken.PASSWORD
    )
    audit.record(actor.value, "password.link_created", "person", actor.id)
    return f"{origin_of(current())}/app/new-password?token={token}"


@transaction.atomic
def reset(token: str, password: str, *, host: str) -> Person:
    """Set the password of the person whom a link was made for, and use the link up.

    Raises:
        BadCredentials: unknown, used or too old.
        InvalidInput: the password will not do; the link stays good.
    """
    row = (
        SignInToken.objects.select_for_update()
        .select_related("person")
        .filter(secret_hash=hashed(token), tenant_id=current().id)
        .filter(purpose=SignInToken.PASSWORD, used_at=None, expires_at__gt=Now())
        .filter(person__is_active=True)
        .first()
    )
    if row is None or not queries.is_active_member(row.person):
        raise BadCredentials("This link is used up or too old. Ask for a new one.")
    person = row.person
    actor = Actor("person", person.id, person.name or person.email, person_id=person.id)
    _set(actor, person, password)
    SignInToken.objects.filter(person=person, used_at=None).update(used_at=Now())
    throttle.forgive(person.email, host)
    audit.record(actor.value, "session.started", "person", person.id)
    return person


def _set(actor: Actor, person: Person, password: str) -> Person:
    with transaction.atomic():
        actions.set_password(person.email, password)
        open_sessions.end_all(person.id)
        audit.record(actor.value, "password.changed", "person", person.id)
    person.refresh_from_db()
    return person
