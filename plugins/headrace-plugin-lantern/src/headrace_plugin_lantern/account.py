"""The account of a company at its Lantern."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, RequestAuth, fields


class Account(Params):
    """What it consists of."""

    server: str = fields.text("Server", placeholder="https://lantern.example.com", expression=False)
    token: str = fields.text(
        "Token", help="From Lantern, under Company, Access.", secret=True, expression=False
    )


class LanternAccount(CredentialType):
    """Sent as a bearer token."""

    id = "lantern"
    title = "Lantern account"
    documentation = "A token with the right to ask models and to read the glossary."
    Fields = Account

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header."""
        auth.headers["Authorization"] = f"Bearer {credential.secrets['token'].reveal()}"


def address(credential: Credential | None, path: str) -> str:
    """An address of this account's server."""
    server = credential.values["server"] if credential is not None else ""
    return server.rstrip("/") + path
