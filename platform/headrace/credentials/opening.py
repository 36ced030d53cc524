"""Plaintext of one row: the only module that makes opened credentials."""

from __future__ import annotations

from collections.abc import Mapping

from headrace.credentials import grants, vault
from headrace.credentials.errors import VaultError
from headrace.credentials.models import Credential
from headrace.credentials.ports import ports
from headrace.credentials.types import DATABASE
from headrace_sdk.credentials import Credential as OpenedCredential
from headrace_sdk.credentials import Secret
from headrace_sdk.errors import SecretError
from headrace_sdk.oauth2 import ACCESS_TOKEN, OAuth2Type


def opened(row: Credential) -> OpenedCredential:
    """The row as a node holds it. Of OAuth 2 types the only secret is a fresh access token.

    Raises:
        SecretError: it cannot be opened, its source has no value, or it must be connected again.
        UpstreamError: the provider that renews its token does not answer.
    """
    fields = fields_of(row)
    kind = ports.types.find(row.type)
    hidden = {name for name in fields if is_secret(row.type, name)}
    secrets = {name: Secret(text) for name, text in fields.items() if name in hidden}
    if kind is not None and issubclass(kind, OAuth2Type):
        secrets = {ACCESS_TOKEN: Secret(grants.access_token(row, kind, fields))}
    return OpenedCredential(
        id=str(row.id),
        type=row.type,
        name=row.name,
        values={name: text for name, text in fields.items() if name not in hidden},
        secrets=secrets,
        hosts=tuple(row.hosts),
    )


def fields_of(row: Credential) -> Mapping[str, str]:
    """Every field, with the values of secrets that are kept elsewhere fetched from there.

    Raises:
        SecretError: it cannot be opened, or its source has no value.
    """
    try:
        fields = vault.unseal(row)
    except VaultError as error:
        raise SecretError(error.message, code=error.code) from error
    if row.source == DATABASE:
        return fields
    source = ports.sources.get(row.source)
    if source is None:
        message = f'Secrets from "{row.source}" are not set up any more. Ask your operator.'
        raise SecretError(message, code="unknown_secret_source")
    return {
        name: source.read(text) if text and is_secret(row.type, name) else text
        for name, text in fields.items()
    }


def is_secret(kind: str, field: str) -> bool:
    """Everything is, where the type is not installed any more."""
    known = ports.types.find(kind)
    return known is None or field in known.secret_fields()
