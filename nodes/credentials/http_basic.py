"""User name and password, as HTTP's Basic scheme sends them."""

from __future__ import annotations

from base64 import b64encode

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import ask, plain, secret, test_url


class Fields(Params):
    """What it consists of."""

    user: str = plain("User", help="The name that the other side knows.")
    password: str = secret("Password")
    test_url: str = test_url()


class HttpBasic(CredentialType):
    """RFC 7617."""

    id = "http_basic"
    title = "HTTP: user and password"
    documentation = "Sent as `Authorization: Basic …`; a webhook asks its callers for it."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header `Authorization`."""
        pair = f"{credential.values['user']}:{credential.secrets['password'].reveal()}"
        auth.headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask the address given for it."""
        return await ask(probe, credential)
