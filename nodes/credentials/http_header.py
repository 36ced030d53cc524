"""A header with a secret value, such as `X-API-Key`."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, RequestAuth, fields


class Fields(Params):
    """What it consists of."""

    name: str = fields.text("Header name", placeholder="X-API-Key", expression=False)
    value: str = fields.text(
        "Value", help="Stored encrypted; never shown again.", secret=True, expression=False
    )


class HttpHeader(CredentialType):
    """One header of any name."""

    id = "http_header"
    title = "HTTP: secret header"
    documentation = "Sent as a header of your choice; a webhook asks its callers for it."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header."""
        auth.headers[credential.values["name"]] = credential.secrets["value"].reveal()
