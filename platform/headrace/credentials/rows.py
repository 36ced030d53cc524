"""Finds the row of a credential for somebody who wants to do something with it."""

from __future__ import annotations

from uuid import UUID

from headrace.accounts.errors import Forbidden
from headrace.accounts.types import Actor
from headrace.credentials.errors import CredentialNotFound
from headrace.credentials.models import Credential
from headrace.credentials.rights import level_of
from headrace.credentials.types import Level


def reachable(actor: Actor, credential_id: UUID, least: Level, *, lock: bool = False) -> Credential:
    """The row, if the actor may do that much with it; with `lock`, inside a transaction.

    Raises:
        CredentialNotFound: there is none, or the actor is not to know of it.
        Forbidden: the actor may use it, but not edit it.
    """
    rows = Credential.objects.filter(pk=credential_id)
    row = (rows.select_for_update() if lock else rows).first()
    level = level_of(actor, row) if row is not None else None
    if row is None or level is None:
        raise CredentialNotFound
    if least is Level.EDIT and level is not Level.EDIT:
        raise Forbidden("credential.edit")
    return row


def locked(credential_id: UUID) -> Credential:
    """The row, under the lock that every change of its tokens takes.

    Raises:
        CredentialNotFound: there is none any more.
    """
    row = Credential.objects.filter(pk=credential_id).select_for_update(no_key=True).first()
    if row is None:
        raise CredentialNotFound
    return row
