"""Asks an OAuth 2 provider for tokens (RFC 6749, 3.2 and 5). No message ever holds a secret."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import quote, urlencode

from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import Credential, RequestAuth
from headrace_sdk.errors import NodeError, UpstreamError
from headrace_sdk.oauth2 import OAuth2Type, Provider

LIMIT_S: Final = 15.0
MAX_BYTES: Final = 256 * 1024
_SERVER_ERROR: Final = 500
_OK: Final = 200


class Refused(NodeError):
    """The provider said no; `word` is its error code, as RFC 6749, 5.2 lists them."""

    code = "authorization_refused"

    def __init__(self, word: str, message: str) -> None:
        super().__init__(message)
        self.word = word


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks, and where."""

    provider: Provider
    client_id: str
    client_secret: str = field(repr=False)

    @classmethod
    def of(cls, kind: type[OAuth2Type], fields: Mapping[str, str]) -> Self:
        """From the fields of a credential."""
        secret = kind.secret_fields()
        provider = kind.provider({k: text for k, text in fields.items() if k not in secret})
        return cls(provider, fields.get("client_id", ""), fields.get("client_secret", ""))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a provider gives. `refresh_token` is empty where it gave no new one."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in_s: float | None


def ask(client: Client, form: Mapping[str, str], *, scoped: bool = False) -> Tokens:
    """One request for tokens. Blocks; call it in a thread.

    Raises:
        Refused: the provider said no, or gave something else than a bearer token.
        UserError: its address may not be reached.
        UpstreamError: it did not answer.
    """
    sent = dict(form)
    if scoped and client.provider.scopes:
        sent["scope"] = client.provider.scopes
    headers = {
        "accept": "application/json",
        "content-type": "application/x-www-form-urlencoded",
    }
    if client.provider.client_auth == "body" or not client.client_secret:
        sent["client_id"] = client.client_id
        if client.client_secret:
            sent["client_secret"] = client.client_secret
    else:
        pair = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
        headers["authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    answer = asyncio.run(_post(client.provider.token_url, headers, urlencode(sent).encode()))
    return _tokens(answer)


async def _post(url: str, headers: Mapping[str, str], body: bytes) -> HttpResponse:
    egress = EgressClient(EgressPolicy.from_settings(), _nothing)
    try:
        return await egress.request(
            "POST",
            url,
            headers=headers,
            body=body,
            timeout_s=LIMIT_S,
            max_bytes=MAX_BYTES,
            follow_redirects=False,
        )
    finally:
        await egress.close()


def _nothing(credential: Credential, auth: RequestAuth) -> None:
    del credential, auth


def _tokens(answer: HttpResponse) -> Tokens:
    if answer.status >= _SERVER_ERROR:
        message = f"The provider of the tokens answered with status {answer.status}."
        raise UpstreamError(message, code="token_endpoint_failed", status=answer.status)
    try:
        body: Any = json.loads(answer.body)
    except ValueError:
        body = None
    given = body if isinstance(body, dict) else {}
    token = given.get("access_token")
    if answer.status != _OK or not isinstance(token, str) or not token:
        word = word_of(given.get("error"))
        raise Refused(word, f"the provider answered {word} with status {answer.status}")
    if str(given.get("token_type", "bearer")).lower() != "bearer":
        raise Refused("token_type", "the provider gave no bearer token")
    refresh_token = given.get("refresh_token")
    return Tokens(
        token,
        refresh_token if isinstance(refresh_token, str) else "",
        _seconds(given.get("expires_in")),
    )


def word_of(error: object) -> str:
    """The provider's error code; whatever else it wrote could hold what we sent."""
    text = error if isinstance(error, str) else ""
    return text if 0 < len(text) <= 60 and text.replace("_", "").isalnum() else "no_reason"


def _seconds(value: object) -> float | None:
    try:
        seconds = float(value)  # type: ignore[arg-type] # whatever it is, it is tried
    except (TypeError, ValueError):
        return None
    return min(seconds, 366 * 86_400.0) if seconds > 0 else None
