"""What a provider is: it writes an answer piece by piece, and makes vectors of texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import httpx2

from headrace_sdk.llm import Prompt, Usage
from headrace_sdk.llm_provider import Counted, Ended, Said, StreamEvent
from headrace_sdk.secret import Credential

__all__ = ["Counted", "Ended", "Said", "StreamEvent"]

CONNECT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Access:
    """How a provider is reached. `base_url` is empty for its own; `key` is empty for none.

    `silence_s` is the longest pause between two pieces of an answer.
    """

    model: str
    http: httpx2.AsyncClient
    base_url: str = ""
    key: str = field(default="", repr=False)
    silence_s: float = 60.0
    organization: str = ""
    credential: Credential | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Embedded:
    """One vector for each text in their order, and what that used up."""

    vectors: Sequence[Sequence[float]]
    usage: Usage


class Provider(Protocol):
    """The module `<provider>_provider`: these two functions and no state."""

    def write(self, access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
        """The answer as it comes.

        Raises:
            ProviderFault: with a stable code, whatever the library calls it.
        """
        ...

    async def embed(self, access: Access, texts: Sequence[str]) -> Embedded:
        """One vector for each text.

        Raises:
            ProviderFault: as above; `cannot_embed` where the provider has no such models.
        """
        ...
