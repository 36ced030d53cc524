"""A token, as HTTP's Bearer scheme sends it."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, RequestAuth, fields


class Fields(Params):
    """What it consists of."""

    token: str = fields.text(
        "Token", help="Stored encrypted; never shown again.", secret=True, expression=False
    )


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
