"""A token, as HTTP's Bearer scheme sends it."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import ask, secret, test_url


class Fields(Params):
    """What it consists of."""

    token: str = secret("Token")
    test_url: str = test_url()


class HttpBearer(CredentialType):
    """RFC 6750."""

    id = "http_bearer"
    title = "HTTP: bearer token"
    documentation = "Sent as `Authorization: Bearer …`."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header `Authorization`."""
        auth.headers["Authorization"] = f"Bearer {credential.secrets['token'].reveal()}"

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask the address given for it."""
        return await ask(probe, credential)
