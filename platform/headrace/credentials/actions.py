"""Writes of the vault, and the one door through which plaintext leaves it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import pydantic
from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts import queries as accounts
from headrace.accounts.permissions import can, require
from headrace.accounts.types import SYSTEM, Actor
from headrace.audit import actions as audit
from headrace.credentials import queries, vault
from headrace.credentials.errors import (
    CredentialInUse,
    CredentialNotFound,
    InvalidCredential,
    UnknownCredentialType,
    VaultError,
)
from headrace.credentials.models import Credential, TenantKey
from headrace.credentials.ports import ports
from headrace.credentials.types import CredentialRow
from headrace_sdk.credentials import Credential as OpenedCredential
from headrace_sdk.credentials import Secret
from headrace_sdk.errors import SecretError

_HOST: Final = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")


@transaction.atomic
def create(
    actor: Actor, *, name: str, kind: str, data: Mapping[str, Any], hosts: Sequence[str] = ()
) -> CredentialRow:
    """Seal a new credential of a type.

    Raises:
        Forbidden: the actor may not edit credentials.
        UnknownCredentialType, InvalidCredential: the fields do not fit the type.
    """
    require(actor, "credential.edit")
    row = Credential(name=name, type=kind, hosts=_checked_hosts(hosts))
    vault.seal(row, _checked(kind, data))
    row.save()
    audit.record(actor.value, "credential.created", "credential", row.id, _facts(row))
    return _read(row)


@transaction.atomic
def update(
    actor: Actor,
    credential_id: UUID,
    *,
    name: str | None = None,
    data: Mapping[str, Any] | None = None,
    hosts: Sequence[str] | None = None,
) -> CredentialRow:
    """Change what is given; `data` replaces all fields under a new version and data key.

    Raises:
        Forbidden, CredentialNotFound, InvalidCredential: as they say.
    """
    require(actor, "credential.edit")
    row = _locked(credential_id)
    if name is not None:
        row.name = name
    if hosts is not None:
        row.hosts = _checked_hosts(hosts)
    if data is not None:
        row.version += 1
        vault.seal(row, _checked(row.type, data))
    row.updated_at = Now()
    row.save()
    facts = {**_facts(row), "values_replaced": data is not None}
    audit.record(actor.value, "credential.updated", "credential", row.id, facts)
    return _read(row)


@transaction.atomic
def delete(actor: Actor, credential_id: UUID) -> None:
    """Destroy a credential.

    Raises:
        Forbidden, CredentialNotFound: as they say.
        CredentialInUse: a workflow names it.
    """
    require(actor, "credential.delete")
    row = _locked(credential_id)
    used_by = ports.uses.workflows_using([row.id]).get(row.id, ())
    if used_by:
        raise CredentialInUse([str(workflow["name"]) for workflow in used_by])
    row.delete()
    audit.record(actor.value, "credential.deleted", "credential", credential_id, _facts(row))


def open_for_node(
    credential_id: UUID, *, node_type: str | None = None, publisher: UUID | None = None
) -> OpenedCredential:
    """Plaintext, for a node that is about to run. Nothing else may call this.

    With `node_type`, only a type for which that node has a slot is opened. With `publisher`, who
    published the workflow must still be allowed to use credentials (S-055).

    Raises:
        SecretError: it is gone, does not fit the node, may not be used, or cannot be opened.
    """
    if publisher is not None and not _may_use(publisher):
        message = (
            "Whoever published this workflow may not use credentials any more. Let somebody who "
            "may publish it again."
        )
        raise SecretError(message, code="credential_not_allowed")
    row = Credential.objects.select_related("tenant_key").filter(pk=credential_id).first()
    if row is None:
        message = "The credential is gone. Choose another one in the node."
        raise SecretError(message, code="credential_not_found")
    if node_type is not None and row.type not in ports.types.accepted_by(node_type):
        message = f"A credential of type {row.type} cannot be used by {node_type}."
        raise SecretError(message, code="credential_not_accepted")
    try:
        fields = vault.unseal(row)
    except VaultError as error:
        raise SecretError(error.message, code=error.code) from error
    hidden = {name for name in fields if _is_secret(row.type, name)}
    return OpenedCredential(
        id=str(row.id),
        type=row.type,
        name=row.name,
        values={name: text for name, text in fields.items() if name not in hidden},
        secrets={name: Secret(text) for name, text in fields.items() if name in hidden},
        hosts=tuple(row.hosts),
    )


@transaction.atomic
def rotate(*, new_tenant_key: bool = False) -> int:
    """Wrap the tenant's keys by the current master key; resumable, since each row says its key.

    With `new_tenant_key` every credential also moves under a fresh tenant key.

    Returns:
        How many rows were written.

    Raises:
        VaultKeyMissing: a former master key is not configured.
    """
    written = sum(
        vault.rewrap_tenant_key(row) for row in TenantKey.objects.select_for_update().all()
    )
    if new_tenant_key and TenantKey.objects.exists():
        vault.new_tenant_key()
        for row in Credential.objects.select_related("tenant_key").select_for_update(of=("self",)):
            vault.rewrap_data_key(row)
            written += 1
        TenantKey.objects.filter(is_current=False).delete()
    if written:
        audit.record(SYSTEM.value, "vault.rotated", "vault", "keys", {"rows": written})
    return written


def _may_use(publisher: UUID) -> bool:
    actor = accounts.actor_by_id(publisher)
    return actor is not None and can(actor, "credential.use")


def _checked(kind: str, data: Mapping[str, Any]) -> dict[str, str]:
    known = ports.types.find(kind)
    if known is None:
        raise UnknownCredentialType(kind)
    try:
        fields = known.Fields.model_validate(data)
    except pydantic.ValidationError as error:
        raise InvalidCredential(_faults(error)) from None
    return {name: str(value) for name, value in fields.model_dump(mode="json").items()}


def _faults(error: pydantic.ValidationError) -> list[dict[str, Any]]:
    return [
        {"path": "/data/" + "/".join(map(str, fault["loc"])), "message": fault["msg"]}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _is_secret(kind: str, field: str) -> bool:
    """Everything is, where the type is not installed any more."""
    known = ports.types.find(kind)
    if known is None:
        return True
    schema = known.Fields.model_json_schema()["properties"].get(field, {})
    return bool(schema.get("x-ui", {}).get("secret", False))


def _checked_hosts(hosts: Sequence[str]) -> list[str]:
    for index, host in enumerate(hosts):
        if not _HOST.fullmatch(host):
            message = "Give a host name like api.example.com or *.example.com."
            raise InvalidCredential([{"path": f"/hosts/{index}", "message": message}])
    return list(hosts)


def _locked(credential_id: UUID) -> Credential:
    row = Credential.objects.filter(pk=credential_id).select_for_update().first()
    if row is None:
        raise CredentialNotFound
    return row


def _read(row: Credential) -> CredentialRow:
    return queries.credential(row.id)


def _facts(row: Credential) -> dict[str, Any]:
    return {"name": row.name, "type": row.type, "version": row.version}
