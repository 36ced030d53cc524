"""Who may do what with one credential: its owner, admins, everybody, and people by name."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from headrace.accounts import queries as accounts
from headrace.accounts.errors import Forbidden
from headrace.accounts.permissions import can
from headrace.accounts.types import Actor, Role
from headrace.credentials.models import Credential, Share
from headrace.credentials.types import Level
from headrace_sdk.errors import SecretError


def is_above_shares(actor: Actor) -> bool:
    """Owners, admins and the system may edit every credential."""
    return actor.kind == "system" or actor.role in {Role.OWNER, Role.ADMIN}


def level_of(actor: Actor, row: Credential) -> Level | None:
    """The most that the actor may do with the row; `None`: not even know of it.

    This is about the object only; the right on its kind is asked for besides.
    """
    is_own = row.owner_id is not None and row.owner_id == actor.person_id
    if is_above_shares(actor) or is_own:
        return Level.EDIT
    given = {share.level for share in row.shares.all() if share.person_id == actor.person_id}
    given.add(row.everybody)
    if actor.role is not Role.MEMBER:
        return None
    return next((level for level in (Level.EDIT, Level.USE) if level in given), None)


def seen_by(actor: Actor, rows: QuerySet[Credential]) -> QuerySet[Credential]:
    """Those of the rows that the actor may at least use."""
    if is_above_shares(actor):
        return rows
    if actor.person_id is None:
        return rows.none()
    shared = Share.objects.filter(person_id=actor.person_id).values("credential_id")
    return rows.filter(Q(owner_id=actor.person_id) | ~Q(everybody="") | Q(pk__in=shared))


def require_use(actor: Actor, ids: Collection[UUID]) -> None:
    """Do nothing if the actor may use all of these; those that are gone are no question here.

    Raises:
        Forbidden: it may not use one of them.
    """
    if not can(actor, "credential.use"):
        raise Forbidden("credential.use")
    found = Credential.objects.filter(pk__in=ids).prefetch_related("shares")
    if any(level_of(actor, row) is None for row in found):
        raise Forbidden("credential.use")


def require_publisher(publisher: UUID, row: Credential) -> None:
    """Do nothing if who published a workflow may still use the credential (S-055).

    Raises:
        SecretError: not any more.
    """
    actor = accounts.actor_by_id(publisher)
    if actor is None or not can(actor, "credential.use") or level_of(actor, row) is None:
        message = (
            "Whoever published this workflow may not use this credential any more. Let somebody "
            "who may publish it again."
        )
        raise SecretError(message, code="credential_not_allowed")
