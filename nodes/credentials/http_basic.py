"""User name and password, as HTTP's Basic scheme sends them."""

from __future__ import annotations

from base64 import b64encode

from headrace_sdk import Credential, CredentialType, Params, RequestAuth, fields


class Fields(Params):
    """What it consists of."""

    user: str = fields.text("User", help="The name that the other side knows.", expression=False)
    password: str = fields.text(
        "Password", help="Stored encrypted; never shown again.", secret=True, expression=False
    )


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
