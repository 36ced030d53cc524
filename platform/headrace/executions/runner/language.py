"""`ctx.llm` of one attempt: the tenant's gateway, asked in the name of this run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from headrace.executions.errors import LeaseLost
from headrace.knowledge.embedding.embedder import Embedding
from headrace.llm.access import Asking
from headrace.llm.gateway import Gateway
from headrace.llm.types import Caller
from headrace_sdk.llm import Answer, Hear, Part, Prompt, Route, Text, ToolResult, Wish
from headrace_sdk.masking import Mask


class RunLlm:
    """See `headrace_sdk.llm.Llm`."""

    def __init__(
        self,
        gateway: Callable[[], Gateway],
        caller: Caller,
        is_safe: Callable[[], bool],
        mask: Mask,
    ) -> None:
        self._gateway = gateway
        self._is_safe = is_safe
        self._mask = mask
        self._asking = Asking(caller, self._check, mask.learn)

    async def ask(
        self, prompt: Prompt, wish: Wish | None = None, *, item: int = 0, hear: Hear | None = None
    ) -> Answer:
        """The answer."""
        asked = masked_prompt(prompt, self._mask)
        return await self._gateway().ask(self._asking, asked, wish or Wish(), item=item, hear=hear)

    async def choose(self, prompt: Prompt, wish: Wish | None = None) -> Route:
        """The model that would be asked."""
        asked = masked_prompt(prompt, self._mask)
        return await self._gateway().choose(self._asking, asked, wish or Wish())

    @property
    def embedding(self) -> Embedding:
        """The providers' vectors, asked for in the name of this run."""
        return Embedding(self._gateway().transport, self._asking)

    def _check(self) -> None:
        if not self._is_safe():
            message = "The lease of this worker is about to end; nothing is sent any more."
            raise LeaseLost(message)


def masked_prompt(prompt: Prompt, mask: Mask) -> Prompt:
    """The prompt without the secrets that this execution opened (S-060)."""
    messages = [
        replace(message, parts=[_masked(part, mask) for part in message.parts])
        for message in prompt.messages
    ]
    return replace(prompt, messages=messages, system=mask.text(prompt.system))


def _masked(part: Part, mask: Mask) -> Part:
    return replace(part, text=mask.text(part.text)) if isinstance(part, Text | ToolResult) else part
