"""A key for OpenAI's models."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import plain, secret
from nodes.credentials.language_models import base_url, count_models


class Fields(Params):
    """What it consists of."""

    api_key: str = secret("API key", placeholder="sk-…")
    organization: str = plain("Organization", "", help="Only where the key belongs to several.")
    base_url: str = base_url(help="Empty: OpenAI's own. Else that of a gateway, with /v1.")


class OpenAi(CredentialType):
    """A bearer token."""

    id = "openai"
    title = "OpenAI"
    documentation = "An API key of the OpenAI platform, for the models under Settings, Models."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the headers that the API asks for."""
        auth.headers["Authorization"] = f"Bearer {credential.secrets['api_key'].reveal()}"
        if credential.values["organization"]:
            auth.headers["OpenAI-Organization"] = credential.values["organization"]

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """List the models."""
        base = (credential.values["base_url"] or "https://api.openai.com/v1").rstrip("/")
        return await count_models(probe, credential, f"{base}/models")
