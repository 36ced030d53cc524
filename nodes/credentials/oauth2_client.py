"""A program's own account at an OAuth 2 provider: no person is asked."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import Credential, OAuth2Type, Params, Probe, fields
from nodes.credentials.form import ask, plain, secret, test_url


class Fields(Params):
    """What it consists of."""

    token_url: str = plain("Token address", placeholder="https://provider.example/oauth/token")
    client_id: str = plain("Client id")
    client_secret: str = secret("Client secret")
    scopes: str = plain("Scopes", "", help="Separated by spaces.")
    client_auth: Literal["basic", "body"] = fields.select(
        "Send the client secret",
        "basic",
        labels={"basic": "In the header", "body": "In the body"},
        expression=False,
        advanced=True,
    )
    test_url: str = test_url()


class OAuth2Client(OAuth2Type):
    """RFC 6749, 4.4."""

    id = "oauth2_client"
    title = "OAuth 2: client credentials"
    documentation = "Tokens are asked for when needed and kept until they expire."
    Fields = Fields
    flow = "client_credentials"

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask the address given for it; without one, having a token is all that is known."""
        return await ask(probe, credential) or "The provider gave a token."
