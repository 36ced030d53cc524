"""An account that a person connects in the browser, by any OAuth 2 provider."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import Credential, OAuth2Type, Params, Probe, fields
from nodes.credentials.form import ask, plain, secret, test_url

CLIENT_AUTH = {"basic": "In the header", "body": "In the body"}


class Fields(Params):
    """What it consists of."""

    authorize_url: str = plain(
        "Authorisation address", placeholder="https://provider.example/oauth/authorize"
    )
    token_url: str = plain("Token address", placeholder="https://provider.example/oauth/token")
    client_id: str = plain("Client id")
    client_secret: str = secret("Client secret", "")
    scopes: str = plain("Scopes", "", help="Separated by spaces.")
    client_auth: Literal["basic", "body"] = fields.select(
        "Send the client secret", "basic", labels=CLIENT_AUTH, expression=False, advanced=True
    )
    test_url: str = test_url()


class OAuth2(OAuth2Type):
    """RFC 6749, 4.1, with PKCE (RFC 7636)."""

    id = "oauth2"
    title = "OAuth 2: connect an account"
    documentation = "Save it, then connect the account. Its tokens are refreshed by themselves."
    Fields = Fields
    flow = "authorization_code"

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask the address given for it; without one, having a token is all that is known."""
        return await ask(probe, credential) or "The provider gave a token."
