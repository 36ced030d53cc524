"""What both ways of speaking to OpenAI's library share: the client, its errors, vectors."""

from __future__ import annotations

from collections.abc import Sequence

import httpx2
import openai

from headrace.llm.providers import faults
from headrace.llm.providers.protocol import CONNECT_S, Access, Embedded
from headrace_sdk.errors import HeadraceError
from headrace_sdk.llm import Usage

NO_KEY = "none"
"""Servers of one's own often want no key, but the library does."""


def client_of(access: Access) -> openai.AsyncOpenAI:
    """A client that takes nothing from the environment and repeats nothing by itself."""
    return openai.AsyncOpenAI(
        api_key=access.key or NO_KEY,
        organization=access.organization or None,
        base_url=access.base_url or "https://api.openai.com/v1",
        max_retries=0,
        timeout=httpx2.Timeout(access.silence_s, connect=CONNECT_S),
        http_client=access.http,
    )


async def vectors(name: str, access: Access, texts: Sequence[str]) -> Embedded:
    """One vector for each text, in their order.

    Raises:
        ProviderFault: it did not work.
    """
    try:
        made = await client_of(access).embeddings.create(
            model=access.model, input=list(texts), encoding_format="float"
        )
    except (openai.OpenAIError, httpx2.HTTPError, HeadraceError) as error:
        raise fault_of(name, error) from error
    if len(made.data) != len(texts):
        raise faults.unreadable(name)
    found = [one.embedding for one in sorted(made.data, key=lambda one: one.index)]
    # Servers of one's own do not always count, whatever the library's types say.
    usage: object = made.usage
    return Embedded(found, Usage(getattr(usage, "prompt_tokens", 0) or 0))


def fault_of(name: str, error: Exception) -> Exception:
    """The fault of whatever the library raised."""
    if isinstance(error, openai.APIStatusError):
        return faults.of_status(
            name, error.status_code, error.message, error.response.headers, _kind(error)
        )
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIConnectionError):
        # An error event in the middle of a stream.
        return faults.of_status(name, 200, error.message, {}, _kind(error))
    return faults.of_transport(name, error)


def _kind(error: openai.APIError) -> str:
    return str(error.code or error.type or "")
