"""OAuth 2 tokens of credentials: kept sealed, renewed by one worker while the others wait.

The lock is the credential's row: whoever comes second finds the token that the first one got, so
that a provider which accepts each refresh token once is asked once (RFC 6749, 6; RFC 9700, 4.14).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from headrace.credentials import token_endpoint, vault
from headrace.credentials.errors import VaultError
from headrace.credentials.models import Credential, Grant
from headrace.credentials.token_endpoint import Client, Refused, Tokens
from headrace.credentials.types import ConnectionState
from headrace_sdk.errors import SecretError
from headrace_sdk.oauth2 import ACCESS_TOKEN, OAuth2Type

_EARLY: Final = timedelta(seconds=60)
"""A token is renewed so long before it expires, that it does not do so on its way."""

_REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - the name of a field


def access_token(row: Credential, kind: type[OAuth2Type], fields: Mapping[str, str]) -> str:
    """A token that is valid for a while.

    Raises:
        SecretError: the account is not connected, or must be connected again.
        UpstreamError: the provider does not answer.
    """
    found = _fresh(row.pk)
    if found is not None:
        return _opened(found)[ACCESS_TOKEN]
    client = Client.of(kind, fields)
    try:
        with transaction.atomic():
            Credential.objects.select_for_update(no_key=True).only("pk").get(pk=row.pk)
            found = _fresh(row.pk)
            if found is not None:
                return _opened(found)[ACCESS_TOKEN]
            tokens = _renewed(row, kind, client)
            store(row, tokens)
    except Refused as refused:
        Grant.objects.filter(credential=row).update(failure=refused.word, updated_at=Now())
        raise _reconnect(row, refused.message) from None
    return tokens.access_token


def store(row: Credential, tokens: Tokens) -> None:
    """Seal tokens under a new data key, in place of former ones. The caller holds the lock."""
    grant = Grant.objects.filter(credential=row).first() or Grant(credential=row)
    grant.version += 1
    refresh_token = tokens.refresh_token
    if not refresh_token and grant.version > 1:
        refresh_token = _opened(grant, version=grant.version - 1).get(_REFRESH_TOKEN, "")
    vault.seal(grant, {ACCESS_TOKEN: tokens.access_token, _REFRESH_TOKEN: refresh_token})
    grant.failure = ""
    grant.updated_at = Now()
    grant.expires_at = _in(tokens.expires_in_s) if tokens.expires_in_s is not None else None
    grant.save()


def forget(row: Credential) -> None:
    """Drop the tokens: the credential is another one now."""
    Grant.objects.filter(credential=row).delete()


def state_of(row: Credential, kind: type[OAuth2Type]) -> ConnectionState | None:
    """What people are told: must somebody connect it? `None` where no person can."""
    if kind.flow != "authorization_code":
        return None
    grant = Grant.objects.filter(credential=row).only("failure").first()
    if grant is None:
        return "none"
    return "expired" if grant.failure else "connected"


def _renewed(row: Credential, kind: type[OAuth2Type], client: Client) -> Tokens:
    if kind.flow == "client_credentials":
        return token_endpoint.ask(client, {"grant_type": "client_credentials"}, scoped=True)
    grant = Grant.objects.filter(credential=row).first()
    if grant is None or grant.failure:
        raise _reconnect(row, grant.failure if grant else "")
    refresh_token = _opened(grant)[_REFRESH_TOKEN]
    if not refresh_token:
        raise Refused("no_refresh_token", "its token has expired and cannot be renewed")
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return token_endpoint.ask(client, form)


def _fresh(credential_id: UUID) -> Grant | None:
    lasting = Q(expires_at=None) | Q(expires_at__gt=_in(_EARLY.total_seconds()))
    return Grant.objects.filter(lasting, credential_id=credential_id, failure="").first()


def _in(seconds: float) -> ExpressionWrapper[CombinedExpression]:
    """A moment by the database's clock, which all workers share."""
    later = Now() + Value(timedelta(seconds=seconds))
    return ExpressionWrapper(later, output_field=DateTimeField())


def _opened(grant: Grant, *, version: int | None = None) -> dict[str, str]:
    current = grant.version
    grant.version = current if version is None else version
    try:
        return vault.unseal(grant)
    except VaultError as error:
        raise SecretError(error.message, code=error.code) from error
    finally:
        grant.version = current


def _reconnect(row: Credential, reason: str) -> SecretError:
    why = f" ({reason})" if reason else ""
    message = f'The account of "{row.name}" must be connected again{why}. Open Credentials.'
    return SecretError(message, code="credential_not_connected")
