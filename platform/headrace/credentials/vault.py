"""Seals and opens credentials: data key under tenant key under master key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from headrace.credentials import cipher
from headrace.credentials.errors import VaultKeyMissing
from headrace.credentials.models import Credential, Grant, TenantKey
from headrace.credentials.ports import ports
from headrace.tenants.context import current

Sealed: TypeAlias = Credential | Grant
"""A row whose fields are sealed under a data key of its own."""


def seal(row: Sealed, fields: Mapping[str, str]) -> None:
    """Put the fields into the row, under a new data key. Id, type and version must be final."""
    data_key = cipher.new_key()
    row.tenant_key = _current_tenant_key()
    row.data_key = cipher.seal(_opened(row.tenant_key), data_key, *_context(row, "data key"))
    plain = json.dumps(dict(fields), ensure_ascii=False).encode()
    row.sealed = cipher.seal(data_key, plain, *_context(row, "fields"))


def unseal(row: Sealed) -> dict[str, str]:
    """The fields of a row.

    Raises:
        VaultDamaged: the row was changed, or copied from another tenant or credential.
        VaultKeyMissing: its master key is not configured.
    """
    data_key = _data_key(row)
    plain = cipher.unseal(data_key, bytes(row.sealed), *_context(row, "fields"))
    fields: dict[str, str] = json.loads(plain)
    return fields


def rewrap_tenant_key(row: TenantKey) -> bool:
    """Wrap a tenant key by the current master key; `False` if it was so already."""
    if row.master_key_id == cipher.key_id(ports.master_keys[0]):
        return False
    _wrap(row, _opened(row))
    row.save(update_fields=["master_key_id", "wrapped"])
    return True


def rewrap_data_key(row: Sealed) -> None:
    """Move a credential under the tenant's current key; its sealed fields stay as they are."""
    data_key = _data_key(row)
    row.tenant_key = _current_tenant_key()
    row.data_key = cipher.seal(_opened(row.tenant_key), data_key, *_context(row, "data key"))
    row.save(update_fields=["tenant_key", "data_key"])


def new_tenant_key() -> TenantKey:
    """Make a tenant key the current one."""
    TenantKey.objects.filter(is_current=True).update(is_current=False)
    row = TenantKey()
    _wrap(row, cipher.new_key())
    row.save()
    return row


def _current_tenant_key() -> TenantKey:
    return TenantKey.objects.filter(is_current=True).first() or new_tenant_key()


def _data_key(row: Sealed) -> bytes:
    key = _opened(row.tenant_key)
    return cipher.unseal(key, bytes(row.data_key), *_context(row, "data key"))


def _opened(row: TenantKey) -> bytes:
    for key in ports.master_keys:
        if cipher.key_id(key) == row.master_key_id:
            return cipher.unseal(key, bytes(row.wrapped), "tenant key", current().id, row.id)
    raise VaultKeyMissing(row.master_key_id)


def _wrap(row: TenantKey, key: bytes) -> None:
    master = ports.master_keys[0]
    row.master_key_id = cipher.key_id(master)
    row.wrapped = cipher.seal(master, key, "tenant key", current().id, row.id)


def _context(row: Sealed, purpose: str) -> tuple[object, ...]:
    return purpose, current().id, row.id, row.version, row.type
