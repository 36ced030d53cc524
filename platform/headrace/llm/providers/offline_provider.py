"""The offline model: SmolLM2 where it is installed and can answer, else a script, word by word."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

from headrace.llm.providers import small_model
from headrace.llm.providers.faults import ProviderFault
from headrace.llm.providers.protocol import Access, Counted, Embedded, Ended, Said, StreamEvent
from headrace_sdk import offline_llm
from headrace_sdk.llm import Prompt, Usage


async def write(access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
    """The answer. It costs nothing, and says what it is.

    Raises:
        ProviderFault: SmolLM2 cannot take the question.
    """
    del access
    if small_model.is_installed() and small_model.can_answer(prompt):
        async for event in small_model.write(prompt):
            yield event
        return
    answer = offline_llm.answer(prompt)
    yield Counted(Usage(answer.usage.input))
    for word in re.findall(r"\S+\s*", answer.text):
        yield Said(word)
    yield Ended(answer)


async def embed(access: Access, texts: Sequence[str]) -> Embedded:
    """Refused: words without meaning would be found anywhere.

    Raises:
        ProviderFault: always.
    """
    del access, texts
    message = "The offline model makes no vectors."
    raise ProviderFault(message, code="cannot_embed")
