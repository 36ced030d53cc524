"""OpenAI's Responses API by its official library, always streamed, nothing stored there."""

from __future__ import annotations

import base64
import hashlib
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
    Audio,
    Image,
    Message,
    Part,
    Prompt,
    Stop,
    Text,
    Thought,
    ToolCall,
    ToolResult,
    Usage,
)

NAME: Final = "openai"
LEAST_TOKENS: Final = 16
"""Fewer are refused."""


async def write(access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
    """See `protocol.Provider.write`."""
    recording = recording_of(prompt)
    if recording is not None:
        async for told in written_down("OpenAI", access, recording, prompt):
            yield told
        return
    client = client_of(access)
    made = _Made()
    try:
        stream: Any = await client.responses.create(**_request(access, prompt))
        async with stream, aclosing(aiter(stream)) as events:
            async for event in events:
                for told in made.take(event):
                    yield told
    except (openai.OpenAIError, httpx2.HTTPError, HeadraceError) as error:
        raise fault_of("OpenAI", error) from error
    except (ValueError, AttributeError, TypeError) as error:
        raise faults.unreadable("OpenAI") from error
    if not made.has_ended:
        raise faults.cut_short("OpenAI")
    yield Ended(Answer(made.parts, made.stop, made.usage, access.model, NAME))


async def embed(access: Access, texts: Sequence[str]) -> Embedded:
    """See `protocol.Provider.embed`."""
    return await vectors("OpenAI", access, texts)


def _request(access: Access, prompt: Prompt) -> dict[str, Any]:
    given: dict[str, Any] = {
        "model": access.model,
        "input": [one for message in prompt.messages for one in _items(message)],
        "max_output_tokens": max(LEAST_TOKENS, prompt.max_tokens),
        "store": False,
        "stream": True,
        # Without storing there, thoughts can only go back as they came, sealed by the provider.
        "include": ["reasoning.encrypted_content"],
    }
    if prompt.system or prompt.tools:
        # Prefixes are cached by themselves; the key leads requests that share one to one place.
        given["prompt_cache_key"] = _shared(prompt)
    if prompt.system:
        given["instructions"] = prompt.system
    if prompt.tools:
        given["tools"] = [
            {
                "type": "function",
                "name": one.name,
                "description": one.description,
                "parameters": one.parameters,
                "strict": False,
            }
            for one in prompt.tools
        ]
    if prompt.schema is not None:
        wanted = {"type": "json_schema", "name": "answer", "schema": prompt.schema, "strict": False}
        given["text"] = {"format": wanted}
    if prompt.temperature is not None:
        given["temperature"] = prompt.temperature
    return given


def _shared(prompt: Prompt) -> str:
    """A name for what stays the same over the turns of a conversation and over questions."""
    text = "\x1f".join([prompt.system, *(one.name for one in prompt.tools)])
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def _items(message: Message) -> list[JsonObject]:
    """A turn as items: what was said together, calls and results each for themselves."""
    items: list[JsonObject] = []
    said: list[JsonObject] = []
    for part in message.parts:
        match part:
            case Text() | Image():
                said.append(_content(part, is_user=message.role == "user"))
            case Audio():
                pass
            case Thought():
                items += [part.data] if part.provider == NAME else []
            case ToolCall():
                written = part.raw or "{}"
                items.append(
                    {
                        "type": "function_call",
                        "call_id": part.id,
                        "name": part.name,
                        "arguments": written,
                    }
                )
            case ToolResult():
                items.append(
                    {"type": "function_call_output", "call_id": part.call, "output": part.text}
                )
    if said:
        turn: JsonObject = {"type": "message", "role": message.role, "content": [*said]}
        # Results come right after their calls; an answer's text stands before its calls.
        at = 0 if message.role == "assistant" and not _thinks(message.parts) else len(items)
        items.insert(at, turn)
    return items


def _thinks(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, Thought) and part.provider == NAME for part in parts)


def _content(part: Text | Image, *, is_user: bool) -> JsonObject:
    if isinstance(part, Text):
        return {"type": "input_text" if is_user else "output_text", "text": part.text}
    data = base64.b64encode(part.content).decode()
    return {"type": "input_image", "detail": "auto", "image_url": f"data:{part.mime};base64,{data}"}


@dataclass(slots=True)
class _Made:
    """The answer so far; the last event repeats it whole."""

    parts: list[Part] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    stop: Stop = "end"
    has_ended: bool = False

    def take(self, event: Any) -> list[StreamEvent]:
        match event.type:
            case "response.output_text.delta" | "response.refusal.delta":
                return [Said(event.delta)]
            case "response.completed" | "response.incomplete":
                return self._end(event.response, is_complete=event.type.endswith("completed"))
            case "response.failed":
                error = event.response.error
                raise faults.of_status(
                    "OpenAI", 200, error.message if error else "", {}, error.code if error else ""
                )
            case "error":
                raise faults.of_status("OpenAI", 200, event.message, {}, event.code or "")
            case _:
                return []

    def _end(self, response: Any, *, is_complete: bool) -> list[StreamEvent]:
        for item in response.output:
            self.parts += _parts(item)
        usage = response.usage
        if usage is not None:
            cached = usage.input_tokens_details.cached_tokens or 0
            self.usage = Usage(usage.input_tokens, usage.output_tokens, cached)
        if any(isinstance(part, ToolCall) for part in self.parts):
            self.stop = "tools"
        if not is_complete:
            why = response.incomplete_details
            filtered = why is not None and why.reason == "content_filter"
            self.stop = "refused" if filtered else "length"
        self.has_ended = True
        return [Counted(self.usage)]


def _parts(item: Any) -> list[Part]:
    match item.type:
        case "message":
            return [
                Text(part.text if part.type == "output_text" else part.refusal)
                for part in item.content
            ]
        case "function_call":
            return [tool_call(item.call_id, item.name, item.arguments)]
        case "reasoning":
            text = "\n".join(one.text for one in item.summary)
            return [Thought(text, NAME, item.model_dump(mode="json", exclude_none=True))]
        case _:
            return []
