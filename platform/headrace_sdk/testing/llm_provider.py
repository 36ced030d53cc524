"""Asks a provider of language models, as the gateway would, against a server of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from headrace_sdk.credentials import Credential, CredentialType
from headrace_sdk.llm import Answer, Prompt
from headrace_sdk.llm_provider import Ended, LlmProvider, ModelRefused, ProviderAccess, Said
from headrace_sdk.testing.http import SentRequest
from headrace_sdk.testing.live import live_http


@dataclass(slots=True)
class LiveLines:
    """A `ProviderHttp` that reaches this machine only. It reads an answer whole, then in lines."""

    types: tuple[type[CredentialType], ...]
    credential: Credential | None = None
    sent: list[SentRequest] = field(default_factory=list)

    async def lines(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None
    ) -> AsyncIterator[str]:
        """The lines of an answer."""
        request = SentRequest(method, url, dict(headers), (), body, self.credential, 30.0, False, 0)
        self.sent.append(request)
        answer = await asyncio.to_thread(live_http(*self.types), request)
        if answer.status >= 400:
            wait_s = answer.headers.get("retry-after", "")
            raise ModelRefused(
                answer.text,
                status=answer.status,
                retry_after_s=float(wait_s) if wait_s.isdigit() else None,
            )
        for line in answer.text.splitlines():
            yield line


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole answer, and the pieces of text that came before it."""

    answer: Answer
    said: list[str]


def ask_provider(
    kind: type[LlmProvider],
    prompt: Prompt,
    *,
    model: str = "model",
    credential: Credential | None = None,
    types: tuple[type[CredentialType], ...] = (),
) -> Asked:
    """What a provider makes of a prompt; `types` put the credential on requests.

    Raises:
        ModelRefused: the provider refused or failed.
        AssertionError: it ended without `Ended`.
    """
    access = ProviderAccess(model, LiveLines(types, credential), credential)

    async def ask() -> Asked:
        said: list[str] = []
        async for event in kind.write(access, prompt):
            match event:
                case Said():
                    said.append(event.text)
                case Ended():
                    return Asked(event.answer, said)
                case _:
                    pass
        raise AssertionError("The provider ended without `Ended`.")

    return asyncio.run(ask())
