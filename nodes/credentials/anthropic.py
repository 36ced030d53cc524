"""A key for Anthropic's models."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import secret
from nodes.credentials.language_models import base_url, count_models

VERSION = "2023-06-01"
"""Of the API, in a header that it asks for."""


class Fields(Params):
    """What it consists of."""

    api_key: str = secret("API key", placeholder="sk-ant-…")
    base_url: str = base_url(help="Empty: Anthropic's own. Else that of a gateway.")


class Anthropic(CredentialType):
    """`x-api-key`."""

    id = "anthropic"
    title = "Anthropic"
    documentation = "An API key of the Anthropic console, for the models under Settings, Models."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the headers that the API asks for."""
        auth.headers["x-api-key"] = credential.secrets["api_key"].reveal()
        auth.headers["anthropic-version"] = VERSION

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """List the models."""
        base = (credential.values["base_url"] or "https://api.anthropic.com").rstrip("/")
        return await count_models(probe, credential, f"{base}/v1/models")
