"""What a provider is: it writes an answer piece by piece, and makes vectors of texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

import httpx2

from headrace_sdk.llm import Answer, Prompt, Usage

CONNECT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Said:
    """The next piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What is used up so far, as the provider counts."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Ended:
    """The whole answer; nothing comes after it."""

    answer: Answer


StreamEvent: TypeAlias = Said | Counted | Ended


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


class Provider(Protocol):
    """The module `<provider>_provider`: these two functions and no state."""

    def write(self, access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
        """The answer as it comes.

        Raises:
            ProviderFault: with a stable code, whatever the library calls it.
        """
        ...

    async def embed(self, access: Access, texts: Sequence[str]) -> list[list[float]]:
        """One vector for each text.

        Raises:
            ProviderFault: as above; `cannot_embed` where the provider has no such models.
        """
        ...
