"""Invitations: one-time links by which people become members. Only hashes of links are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts import actions, mail, throttle
from headrace.accounts.errors import (
    AlreadyMember,
    Forbidden,
    InvalidInput,
    InvitationNotFound,
    InvitationOver,
)
from headrace.accounts.models import Invitation, Membership, Person
from headrace.accounts.permissions import require
from headrace.accounts.secrets import hashed, new_token
from headrace.accounts.types import Actor, Role
from headrace.audit import actions as audit
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import current
from headrace.tenants.queries import name_of

VALID_DAYS: Final = 7
MOST_OPEN: Final = 500
"""Of one tenant at a time: a stolen key must not fill the table, nor strangers' letter boxes."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody has accepted yet."""

    id: UUID
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with its link, which is shown this once, and whether it went out by mail."""

    row: InvitationRow
    link: str
    mailed: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody with a link is asked to accept; `is_known`: they have a password already."""

    email: str
    role: Role
    invited_by: str
    tenant: str
    is_known: bool


def invitations() -> Sequence[InvitationRow]:
    """The open invitations of the tenant at work, newest first."""
    rows = Invitation.objects.filter(tenant_id=current().id).annotate(now=Now())
    return [_row(row, row.now) for row in rows.order_by("-created_at", "-id")]


def invite(actor: Actor, email: str, role: Role) -> Sent:
    """Ask somebody in. Asking the same address again replaces link and role.

    Raises:
        Forbidden: the actor may not, or the role stands above it.
        InvalidInput: this is no address, or there are too many open invitations.
        AlreadyMember: this person is a member.
        TooManyAttempts: the tenant has sent too many lately.
    """
    require(actor, "member.invite")
    _refuse_above(actor, role)
    throttle.spend("invite", str(current().id), "Too many invitations lately.")
    with transaction.atomic():
        row, link = _new_link(actor, email.lower(), role)
    return _send(row, link)


def renew(actor: Actor, invitation_id: UUID) -> Sent:
    """Give an invitation another link and its full time again; the old link ends.

    Raises:
        InvitationNotFound: no such invitation here.
        Forbidden, AlreadyMember, TooManyAttempts: as for `invite`.
    """
    require(actor, "member.invite")
    before = Invitation.objects.filter(tenant_id=current().id, pk=invitation_id).first()
    if before is None:
        raise InvitationNotFound
    return invite(actor, before.email, Role(before.role))


@transaction.atomic
def revoke(actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back.

    Raises:
        InvitationNotFound: no such invitation here.
        Forbidden: the actor may not.
    """
    require(actor, "member.invite")
    row = Invitation.objects.filter(tenant_id=current().id, pk=invitation_id).first()
    if row is None:
        raise InvitationNotFound
    row.delete()
    facts = {"email": row.email}
    audit.record(actor.value, "invitation.revoked", "invitation", invitation_id, facts)


def offer(token: str, *, host: str) -> Offer:
    """What the link offers, without using it up.

    Raises:
        InvitationOver: unknown, used, revoked or too old.
        TooManyAttempts: too many wrong links from this host.
    """
    row = _open(token, host)
    return Offer(
        email=row.email,
        role=Role(row.role),
        invited_by=row.invited_by,
        tenant=name_of(current().id),
        is_known=Person.objects.filter(email__iexact=row.email).exists(),
    )


def accept(token: str, password: str, *, name: str, host: str) -> Person:
    """Make the invited person a member and use the link up.

    Somebody new chooses name and password; somebody known proves who they are by their password.

    Raises:
        InvitationOver, TooManyAttempts: as for `offer`.
        BadCredentials: the known person's password is another.
        InvalidInput: the new password will not do.
    """
    email = _open(token, host).email
    known = Person.objects.filter(email__iexact=email).exists()
    if known:
        actions.authenticate(email, password, host=host, admits=lambda _person: True)
    with transaction.atomic():
        row = _open(token, host, for_update=True)
        person = actions.create_person(email, name=name.strip(), password=password)
        actor = Actor("person", person.id, person.name or person.email, person_id=person.id)
        if not Membership.objects.filter(tenant_id=current().id, person=person).exists():
            actions.add_member(actor, person, Role(row.role))
        facts = {"email": email, "invited_by": row.invited_by}
        audit.record(actor.value, "invitation.accepted", "invitation", row.pk, facts)
        audit.record(actor.value, "session.started", "person", person.id)
        row.delete()
    return person


def _new_link(actor: Actor, email: str, role: Role) -> tuple[InvitationRow, str]:
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput("/email", "This is not an e-mail address.") from error
    mine = Invitation.objects.filter(tenant_id=current().id)
    if Membership.objects.filter(tenant_id=current().id, person__email__iexact=email).exists():
        raise AlreadyMember
    if mine.count() >= MOST_OPEN:
        raise InvalidInput("/email", "Too many invitations are open. Revoke some first.")
    token = new_token()
    row, is_new = mine.update_or_create(
        tenant_id=current().id,
        email=email,
        defaults={
            "role": role.value,
            "secret_hash": hashed(token),
            "invited_by": actor.label[:200],
            "expires_at": Now() + timedelta(days=VALID_DAYS),
        },
    )
    row.refresh_from_db()
    action = "invitation.created" if is_new else "invitation.renewed"
    facts = {"email": email, "role": role.value}
    audit.record(actor.value, action, "invitation", row.pk, facts)
    return _row(row, row.created_at), f"{origin_of(current())}/app/invitation?token={token}"


def _send(row: InvitationRow, link: str) -> Sent:
    tenant = name_of(current().id)
    text = (
        f"{row.invited_by} invites you to {tenant} on Headrace.\n\n"
        f"Accept here within {VALID_DAYS} days:\n{link}\n\n"
        "If you did not expect this, ignore it: nothing happens then.\n"
    )
    return Sent(row, link, mail.send(row.email, f"Invitation to {tenant}", text))


def _open(token: str, host: str, *, for_update: bool = False) -> Invitation:
    throttle.refuse_if_spent("invitation", host, "Too many wrong links.")
    rows = Invitation.objects.filter(
        tenant_id=current().id, secret_hash=hashed(token), expires_at__gt=Now()
    )
    row = (rows.select_for_update() if for_update else rows).first()
    if row is None:
        throttle.spend("invitation", host, "Too many wrong links.")
        raise InvitationOver
    return row


def _refuse_above(actor: Actor, role: Role) -> None:
    if actor.role is None or role.rank < actor.role.rank:
        raise Forbidden("member.invite")


def _row(row: Invitation, now: datetime) -> InvitationRow:
    return InvitationRow(
        id=row.pk,
        email=row.email,
        role=Role(row.role),
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        is_expired=row.expires_at <= now,
    )
