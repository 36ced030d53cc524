"""The account of a company at its Parcelwise."""

from __future__ import annotations

from headrace_plugin_parcels.api import account_name
from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth, fields


class Account(Params):
    """What it consists of."""

    server: str = fields.text("Server", placeholder="https://parcels.example.com", expression=False)
    token: str = fields.text(
        "Token", help="From Parcelwise, under Company, Access.", secret=True, expression=False
    )
    secret: str = fields.text(
        "Signing secret",
        "",
        help="With it Parcelwise signs its calls. Only the trigger needs it.",
        secret=True,
        expression=False,
    )


class ParcelwiseAccount(CredentialType):
    """Sent as a bearer token."""

    id = "parcelwise"
    title = "Parcelwise account"
    documentation = "A token with the rights to read and to book parcels."
    Fields = Account

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header."""
        auth.headers["Authorization"] = f"Bearer {credential.secrets['token'].reveal()}"

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Ask whose account it is."""
        return f"Connected to the account of {await account_name(probe.http, credential)}."
