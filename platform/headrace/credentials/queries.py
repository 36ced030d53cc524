"""Reads of the vault that need no key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Final, cast
from uuid import UUID

from django.db.models import QuerySet

from headrace.accounts.types import Actor
from headrace.credentials import grants, rights
from headrace.credentials.errors import CredentialNotFound
from headrace.credentials.models import Credential, TenantKey
from headrace.credentials.ports import ports
from headrace.credentials.rights import level_of, seen_by
from headrace.credentials.types import CredentialRow, Level, ShareRow
from headrace_sdk.oauth2 import OAuth2Type

_UUID: Final = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)


def rows(actor: Actor) -> QuerySet[Credential]:
    """The credentials of the tenant at work that the actor may use, without what is sealed."""
    found = Credential.objects.defer("data_key", "sealed").prefetch_related("shares")
    return seen_by(actor, found)


def as_row(actor: Actor, row: Credential) -> CredentialRow:
    """The row as a value, as the actor sees it."""
    kind = ports.types.find(row.type)
    is_oauth2 = kind is not None and issubclass(kind, OAuth2Type)
    return CredentialRow(
        id=row.id,
        name=row.name,
        type=row.type,
        hosts=tuple(row.hosts),
        created_at=row.created_at,
        updated_at=row.updated_at,
        source=row.source,
        owner_id=row.owner_id,
        everybody=Level(row.everybody) if row.everybody else None,
        shares=tuple(ShareRow(one.person_id, Level(one.level)) for one in row.shares.all()),
        level=level_of(actor, row) or Level.USE,
        connection=grants.state_of(row, cast("type[OAuth2Type]", kind)) if is_oauth2 else None,
        expires_on=row.expires_on,
    )


def credential(actor: Actor, credential_id: UUID) -> CredentialRow:
    """One credential.

    Raises:
        CredentialNotFound: no such credential in this tenant, or the actor may not use it.
    """
    row = rows(actor).filter(pk=credential_id).first()
    if row is None:
        raise CredentialNotFound
    return as_row(actor, row)


def require_use(actor: Actor, ids: Collection[str]) -> None:
    """Do nothing if the actor may use all of these credentials, named as workflows name them.

    Raises:
        Forbidden: it may not use one of them.
    """
    rights.require_use(actor, {UUID(one) for one in ids if _UUID.fullmatch(one)})


def key_ids_in_use() -> Counter[str]:
    """How many tenant keys each master key wraps."""
    return Counter(TenantKey.objects.values_list("master_key_id", flat=True))
