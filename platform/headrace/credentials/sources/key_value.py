"""Secrets in a Vault server's key-value store, version 2, over its HTTP API.

Source: HashiCorp Vault, "KV secrets engine - version 2 (API)": `GET /v1/<mount>/data/<path>`.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace.tenants.context import current
from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import Credential, RequestAuth
from headrace_sdk.errors import SecretError, UpstreamError

LIMIT_S: Final = 5.0
MAX_BYTES: Final = 1024 * 1024
_REFERENCE: Final = re.compile(r"(?P<path>[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)#(?P<key>[\w.-]+)")
_OK, _NOT_FOUND, _FORBIDDEN = 200, 404, 403
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class VaultSecrets:
    """Implements `headrace.credentials.ports.SecretSource`.

    A reference is `path#key`; it is looked up below `<prefix>/<tenant>/`, which nobody can leave:
    paths hold neither dots nor escapes (S-061).
    """

    url: str
    token: str = field(repr=False)
    mount: str = "secret"
    prefix: str = "headrace"

    def read(self, reference: str) -> str:
        """The value of a key. Blocks; call it in a thread.

        Raises:
            SecretError: the reference is none, there is no such secret, or our token is refused.
            UpstreamError: the server does not answer.
        """
        parts = _REFERENCE.fullmatch(reference)
        if parts is None:
            message = "A secret in Vault is named like crm/production#token: a path and a key."
            raise SecretError(message, code="secret_not_found")
        path = f"{self.prefix}/{current().slug}/{parts['path']}"
        answer = asyncio.run(self._get(f"{self.url.rstrip('/')}/v1/{self.mount}/data/{path}"))
        if answer.status == _FORBIDDEN:
            message = "Vault refused the platform's token. Ask your operator."
            raise SecretError(message, code="secret_source_failed")
        value = _value(answer, parts["key"])
        if value is None:
            message = f"Vault has no secret {reference[:100]!r} for this workspace."
            raise SecretError(message, code="secret_not_found")
        return value

    async def _get(self, url: str) -> HttpResponse:
        client = EgressClient(self._policy(), _nothing)
        try:
            return await client.request(
                "GET",
                url,
                headers={"x-vault-token": self.token},
                timeout_s=LIMIT_S,
                max_bytes=MAX_BYTES,
                follow_redirects=False,
            )
        finally:
            await client.close()

    def _policy(self) -> EgressPolicy:
        """The operator's own server is usually an internal one; exactly that may be reached."""
        parts = urlsplit(self.url)
        port = parts.port or _PORTS.get(parts.scheme, 443)
        return EgressPolicy(internal=frozenset({f"{parts.hostname}:{port}"}))


def _value(answer: HttpResponse, key: str) -> str | None:
    if answer.status == _NOT_FOUND:
        return None
    if answer.status != _OK:
        message = f"Vault answered with status {answer.status}."
        raise UpstreamError(message, code="secret_source_failed", status=answer.status)
    try:
        body: Any = json.loads(answer.body)
        value = body["data"]["data"].get(key)
    except (ValueError, KeyError, TypeError, AttributeError):
        message = "What answers at Vault's address is no key-value store, version 2."
        raise SecretError(message, code="secret_source_failed") from None
    return None if value is None else str(value)


def _nothing(credential: Credential, auth: RequestAuth) -> None:
    del credential, auth
