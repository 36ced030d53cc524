"""A header with a secret value, such as `X-API-Key`."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import ask, plain, secret, test_url


class Fields(Params):
    """What it consists of."""

    name: str = plain("Header name", placeholder="X-API-Key")
    value: str = secret("Value")
    test_url: str = test_url()


class HttpHeader(CredentialType):
    """One header of any name."""

    id = "http_header"
    title = "HTTP: API key in a header"
    documentation = "Sent as a header of your choice; a webhook asks its callers for it."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header."""
        auth.headers[credential.values["name"]] = credential.secrets["value"].reveal()

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask the address given for it."""
        return await ask(probe, credential)
