"""OAuth 2 credentials: the platform obtains, keeps and refreshes their tokens (RFC 6749, 7636).

A node is given the access token only; client secret and refresh token never leave the vault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from headrace_sdk.credentials import CredentialType
from headrace_sdk.secret import Credential, RequestAuth

Flow = Literal["authorization_code", "client_credentials"]
ClientAuth = Literal["basic", "body"]

ACCESS_TOKEN = "access_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class Provider:
    """Where and how tokens are asked for. `extra` is added to the address that people visit."""

    token_url: str
    authorize_url: str = ""
    scopes: str = ""
    client_auth: ClientAuth = "basic"
    extra: Mapping[str, str] = field(default_factory=dict)


class OAuth2Type(CredentialType):
    """Subclass it with `Fields` that hold at least `client_id` and the secret `client_secret`.

    A type for one service gives its own `provider` and leaves the addresses out of the form.
    """

    flow: ClassVar[Flow] = "authorization_code"

    @classmethod
    def provider(cls, values: Mapping[str, str]) -> Provider:
        """The provider, from the open fields of a credential."""
        return Provider(
            token_url=values.get("token_url", ""),
            authorize_url=values.get("authorize_url", ""),
            scopes=values.get("scopes", ""),
            client_auth="body" if values.get("client_auth") == "body" else "basic",
        )

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header `Authorization`."""
        auth.headers["Authorization"] = f"Bearer {credential.secrets[ACCESS_TOKEN].reveal()}"
