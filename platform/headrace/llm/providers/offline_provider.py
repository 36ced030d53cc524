"""The scripted model, word by word, as a real one would write."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

from headrace.llm.providers.faults import ProviderFault
from headrace.llm.providers.protocol import Access, Counted, Ended, Said, StreamEvent
from headrace_sdk import offline_llm
from headrace_sdk.llm import Prompt, Usage


async def write(access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
    """The answer. It costs nothing."""
    del access
    answer = offline_llm.answer(prompt)
    yield Counted(Usage(answer.usage.input))
    for word in re.findall(r"\S+\s*", answer.text):
        yield Said(word)
    yield Ended(answer)


async def embed(access: Access, texts: Sequence[str]) -> list[list[float]]:
    """Refused: words without meaning would be found anywhere.

    Raises:
        ProviderFault: always.
    """
    del access, texts
    message = "The offline model makes no vectors."
    raise ProviderFault(message, code="cannot_embed")
