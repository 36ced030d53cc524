"""A server of one's own that speaks OpenAI's protocol."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, RequestAuth
from nodes.credentials.form import secret
from nodes.credentials.language_models import base_url, count_models


class Fields(Params):
    """What it consists of."""

    base_url: str = base_url(
        ...,
        help="With /v1, such as that of Ollama, vLLM or llama.cpp. Your operator must allow "
        "addresses inside the network.",
        placeholder="http://localhost:11434/v1",
    )
    api_key: str = secret("API key", "", help="Where the server wants one.")


class OpenAiCompatible(CredentialType):
    """A bearer token, if there is any."""

    id = "openai_compatible"
    title = "OpenAI-compatible server"
    documentation = "The address of a server with OpenAI's Chat Completions, and its key."
    Fields = Fields

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Set the header `Authorization`."""
        key = credential.secrets["api_key"].reveal()
        if key:
            auth.headers["Authorization"] = f"Bearer {key}"

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """List the models."""
        base = credential.values["base_url"].rstrip("/")
        return await count_models(probe, credential, f"{base}/models")
