"""An API key that is sent as a part of the address."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import ask, plain, secret, test_url


class Fields(Params):
    """What it consists of."""

    name: str = plain("Name in the address", placeholder="api_key")
    value: str = secret("API key")
    test_url: str = test_url()


class HttpQuery(CredentialType):
    """Prefer a header where the service takes one: addresses end up in logs."""

    id = "http_query"
    title = "HTTP: API key in the address"
    documentation = "Sent as `?name=key`. A header is safer where the service takes one."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Add the query parameter."""
        auth.query[credential.values["name"]] = credential.secrets["value"].reveal()

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask the address given for it."""
        return await ask(probe, credential)
