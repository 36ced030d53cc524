"""Writes of the vault, and the one door through which plaintext leaves it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

import pydantic
from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import SYSTEM, Actor
from headrace.audit import actions as audit
from headrace.credentials import grants, queries, rows, vault
from headrace.credentials.errors import (
    CredentialInUse,
    InvalidCredential,
    UnknownCredentialType,
    UnknownSource,
)
from headrace.credentials.models import Credential, Grant, TenantKey
from headrace.credentials.opening import opened
from headrace.credentials.ports import ports
from headrace.credentials.rights import require_publisher
from headrace.credentials.types import DATABASE, CredentialRow, Level
from headrace_sdk.credentials import Credential as OpenedCredential
from headrace_sdk.errors import SecretError

_HOST: Final = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")


@transaction.atomic
def create(
    actor: Actor,
    *,
    name: str,
    kind: str,
    data: Mapping[str, Any],
    hosts: Sequence[str] = (),
    source: str = DATABASE,
    expires_on: date | None = None,
) -> CredentialRow:
    """Seal a new credential of a type. Every member may use it until it is shared otherwise.

    With another `source` than the database, `data` names secrets instead of holding them.

    Raises:
        Forbidden: the actor may not edit credentials, or not refer to secrets kept elsewhere.
        UnknownCredentialType, InvalidCredential: the fields do not fit the type.
        UnknownSource: the operator has set up no such source.
    """
    require(actor, "credential.edit")
    if source != DATABASE:
        require(actor, "credential.refer")
        if source not in ports.sources:
            raise UnknownSource(source)
    row = Credential(name=name, type=kind, hosts=_checked_hosts(hosts), source=source)
    row.owner_id, row.expires_on = actor.person_id, expires_on
    vault.seal(row, _checked(kind, data))
    row.save()
    audit.record(actor.value, "credential.created", "credential", row.id, _facts(row))
    return queries.credential(actor, row.id)


@transaction.atomic
def update(
    actor: Actor,
    credential_id: UUID,
    *,
    name: str | None = None,
    data: Mapping[str, Any] | None = None,
    hosts: Sequence[str] | None = None,
    expires_on: date | Literal["as it is"] | None = "as it is",
) -> CredentialRow:
    """Change what is given; `data` replaces all fields under a new version and data key.

    Raises:
        Forbidden, CredentialNotFound, InvalidCredential: as they say.
    """
    require(actor, "credential.edit")
    row = rows.reachable(actor, credential_id, Level.EDIT, lock=True)
    if name is not None:
        row.name = name
    if hosts is not None:
        row.hosts = _checked_hosts(hosts)
    if expires_on != "as it is":
        row.expires_on = expires_on
    if data is not None:
        if row.source != DATABASE:
            require(actor, "credential.refer")
        grants.forget(row)
        row.version += 1
        vault.seal(row, _checked(row.type, data))
    row.updated_at = Now()
    row.save()
    facts = {**_facts(row), "values_replaced": data is not None}
    audit.record(actor.value, "credential.updated", "credential", row.id, facts)
    return queries.credential(actor, row.id)


@transaction.atomic
def delete(actor: Actor, credential_id: UUID) -> None:
    """Destroy a credential.

    Raises:
        Forbidden, CredentialNotFound: as they say.
        CredentialInUse: a workflow or a language model uses it.
    """
    require(actor, "credential.delete")
    row = rows.reachable(actor, credential_id, Level.EDIT, lock=True)
    workflows = ports.uses.workflows_using([row.id]).get(row.id, ())
    models = ports.uses.models_using([row.id]).get(row.id, ())
    if workflows or models:
        raise CredentialInUse([str(one["name"]) for one in (*workflows, *models)])
    row.delete()
    audit.record(actor.value, "credential.deleted", "credential", credential_id, _facts(row))


def open_for_node(
    chosen: UUID | str, *, node_type: str | None = None, publisher: UUID | None = None
) -> OpenedCredential:
    """Plaintext, for a node that is about to run. Nothing else may call this.

    `chosen` may be whatever stands in a document. With `node_type`, only a type for which that
    node has a slot is opened. With `publisher`, who published the workflow must still be allowed
    to use credentials (S-055).

    Raises:
        SecretError: it is gone, does not fit the node, may not be used, or cannot be opened.
        UpstreamError: the provider that renews its token does not answer.
    """
    try:
        credential_id = chosen if isinstance(chosen, UUID) else UUID(chosen)
    except ValueError as error:
        message = "The chosen credential is not one of yours. Choose it again."
        raise SecretError(message) from error
    row = Credential.objects.select_related("tenant_key").filter(pk=credential_id).first()
    if row is None:
        message = "The credential is gone. Choose another one in the node."
        raise SecretError(message, code="credential_not_found")
    if node_type is not None and row.type not in ports.types.accepted_by(node_type):
        message = f"A credential of type {row.type} cannot be used by {node_type}."
        raise SecretError(message, code="credential_not_accepted")
    if publisher is not None:
        require_publisher(publisher, row)
    return opened(row)


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
        for model in (Credential, Grant):
            held = model.objects.select_related("tenant_key").select_for_update(of=("self",))
            for row in held:
                vault.rewrap_data_key(row)
                written += 1
        TenantKey.objects.filter(is_current=False).delete()
    if written:
        audit.record(SYSTEM.value, "vault.rotated", "vault", "keys", {"rows": written})
    return written


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


def _checked_hosts(hosts: Sequence[str]) -> list[str]:
    for index, host in enumerate(hosts):
        if not _HOST.fullmatch(host):
            message = "Give a host name like api.example.com or *.example.com."
            raise InvalidCredential([{"path": f"/hosts/{index}", "message": message}])
    return list(hosts)


def _facts(row: Credential) -> dict[str, Any]:
    return {"name": row.name, "type": row.type, "version": row.version}
