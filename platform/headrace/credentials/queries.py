"""Reads of the vault that need no key."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import QuerySet

from headrace.credentials.errors import CredentialNotFound
from headrace.credentials.models import Credential, TenantKey
from headrace.credentials.types import CredentialRow


def rows() -> QuerySet[Credential]:
    """Every credential of the tenant at work, without what is sealed."""
    return Credential.objects.defer("data_key", "sealed")


def as_row(row: Credential) -> CredentialRow:
    """The row as a value."""
    return CredentialRow(
        row.id, row.name, row.type, tuple(row.hosts), row.created_at, row.updated_at
    )


def credential(credential_id: UUID) -> CredentialRow:
    """One credential.

    Raises:
        CredentialNotFound: no such credential in this tenant.
    """
    row = rows().filter(pk=credential_id).first()
    if row is None:
        raise CredentialNotFound
    return as_row(row)


def key_ids_in_use() -> Counter[str]:
    """How many tenant keys each master key wraps."""
    return Counter(TenantKey.objects.values_list("master_key_id", flat=True))
