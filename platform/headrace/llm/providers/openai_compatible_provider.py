"""Every server that speaks OpenAI's Chat Completions: Ollama, vLLM, llama.cpp, gateways."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2
import openai

from headrace.llm.providers import faults
from headrace.llm.providers.arguments import tool_call
from headrace.llm.providers.openai_client import client_of, fault_of, vectors
from headrace.llm.providers.protocol import Access, Counted, Embedded, Ended, Said, StreamEvent
from headrace.llm.providers.speech import recording_of, written_down
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject
from headrace_sdk.llm import (
    Answer,
    Image,
    Message,
    Part,
    Prompt,
    Stop,
    Text,
    ToolCall,
    ToolResult,
    Usage,
)

NAME: Final = "openai_compatible"
_STOPS: Final[dict[str, Stop]] = {
    "tool_calls": "tools",
    "function_call": "tools",
    "length": "length",
    "content_filter": "refused",
}


async def write(access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
    """See `protocol.Provider.write`."""
    recording = recording_of(prompt)
    if recording is not None:
        async for told in written_down("The model's server", access, recording, prompt):
            yield told
        return
    client = client_of(access)
    made = _Made()
    try:
        stream: Any = await client.chat.completions.create(**_request(access, prompt))
        async with stream, aclosing(aiter(stream)) as chunks:
            async for chunk in chunks:
                for told in made.take(chunk):
                    yield told
    except (openai.OpenAIError, httpx2.HTTPError, HeadraceError) as error:
        raise fault_of("The model's server", error) from error
    except (ValueError, AttributeError, TypeError) as error:
        raise faults.unreadable("The model's server") from error
    if made.stop is None:
        raise faults.cut_short("The model's server")
    # Some servers end with `stop` although they call tools.
    stop: Stop = "tools" if made.calls and made.stop == "end" else made.stop
    yield Ended(Answer(made.parts(), stop, made.usage, access.model, NAME))


async def embed(access: Access, texts: Sequence[str]) -> Embedded:
    """See `protocol.Provider.embed`."""
    return await vectors("The model's server", access, texts)


def _request(access: Access, prompt: Prompt) -> dict[str, Any]:
    given: dict[str, Any] = {
        "model": access.model,
        "messages": _messages(prompt),
        "max_tokens": prompt.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if prompt.tools:
        given["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": one.name,
                    "description": one.description,
                    "parameters": one.parameters,
                },
            }
            for one in prompt.tools
        ]
    if prompt.schema is not None:
        wanted = {"name": "answer", "schema": prompt.schema}
        given["response_format"] = {"type": "json_schema", "json_schema": wanted}
    if prompt.temperature is not None:
        given["temperature"] = prompt.temperature
    return given


def _messages(prompt: Prompt) -> list[JsonObject]:
    first: list[JsonObject] = [{"role": "system", "content": prompt.system}]
    rest = [one for message in prompt.messages for one in _turn(message)]
    return [*(first if prompt.system else []), *rest]


def _turn(message: Message) -> list[JsonObject]:
    """One message, and one more for each result of a tool, which go before it."""
    results: list[JsonObject] = [
        {"role": "tool", "tool_call_id": part.call, "content": part.text}
        for part in message.parts
        if isinstance(part, ToolResult)
    ]
    turn: JsonObject = {"role": message.role}
    said = [_content(part) for part in message.parts if isinstance(part, Text | Image)]
    if said:
        is_text = all(one["type"] == "text" for one in said)
        turn["content"] = "".join(str(one["text"]) for one in said) if is_text else [*said]
    calls = [_call(part) for part in message.parts if isinstance(part, ToolCall)]
    if calls:
        turn["tool_calls"] = [*calls]
    return [*results, turn] if said or calls else results


def _content(part: Text | Image) -> JsonObject:
    if isinstance(part, Text):
        return {"type": "text", "text": part.text}
    data = base64.b64encode(part.content).decode()
    return {"type": "image_url", "image_url": {"url": f"data:{part.mime};base64,{data}"}}


def _call(part: ToolCall) -> JsonObject:
    function: JsonObject = {"name": part.name, "arguments": part.raw or "{}"}
    return {"id": part.id, "type": "function", "function": function}


@dataclass(slots=True)
class _Call:
    """A tool call while it is being written."""

    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(slots=True)
class _Made:
    """The answer so far."""

    text: str = ""
    calls: dict[int, _Call] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    stop: Stop | None = None

    def take(self, chunk: Any) -> list[StreamEvent]:
        told: list[StreamEvent] = []
        if chunk.usage is not None:
            details = chunk.usage.prompt_tokens_details
            cached = details.cached_tokens or 0 if details is not None else 0
            self.usage = Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens, cached)
            told.append(Counted(self.usage))
        for choice in chunk.choices[:1]:
            if choice.delta.content:
                self.text += choice.delta.content
                told.append(Said(choice.delta.content))
            for part in choice.delta.tool_calls or ():
                self._grow(part)
            if choice.finish_reason is not None:
                self.stop = _STOPS.get(choice.finish_reason, "end")
        return told

    def _grow(self, part: Any) -> None:
        call = self.calls.setdefault(part.index, _Call())
        call.id = call.id or part.id or f"call_{part.index}"
        if part.function is not None:
            call.name += part.function.name or ""
            call.arguments += part.function.arguments or ""

    def parts(self) -> Sequence[Part]:
        said: list[Part] = [Text(self.text)] if self.text else []
        calls = [self.calls[index] for index in sorted(self.calls)]
        return [*said, *(tool_call(one.id, one.name, one.arguments) for one in calls)]
