"""Anthropic's Messages API by its official library, always streamed.

The system prompt, the tools and the end of a conversation carry a cache mark: what stays the same
over its turns is then read for a tenth of its price. Thoughts go back with their signature.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Final

import anthropic
import httpx2
from anthropic.types import RawMessageStreamEvent

from headrace.llm.providers import faults
from headrace.llm.providers.arguments import tool_call
from headrace.llm.providers.protocol import (
    CONNECT_S,
    Access,
    Counted,
    Embedded,
    Ended,
    Said,
    StreamEvent,
)
from headrace.llm.providers.speech import recording_of, refused
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

NAME: Final = "anthropic"
_STOPS: Final[dict[str, Stop]] = {
    "tool_use": "tools",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refused",
}


async def write(access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
    """See `protocol.Provider.write`."""
    if recording_of(prompt) is not None:
        raise refused("Anthropic")
    client = anthropic.AsyncAnthropic(
        api_key=access.key,
        base_url=access.base_url or "https://api.anthropic.com",
        max_retries=0,
        timeout=httpx2.Timeout(access.silence_s, connect=CONNECT_S),
        http_client=access.http,
    )
    made = _Made()
    try:
        stream: Any = await client.messages.create(**_request(access, prompt))
        async with stream, aclosing(aiter(stream)) as events:
            async for event in events:
                for told in made.take(event):
                    yield told
    except (anthropic.AnthropicError, httpx2.HTTPError, HeadraceError) as error:
        raise _fault(error) from error
    except (ValueError, AttributeError, TypeError) as error:
        raise faults.unreadable("Anthropic") from error
    if made.stop is None:
        raise faults.cut_short("Anthropic")
    yield Ended(made.answer(access.model))


async def embed(access: Access, texts: Sequence[str]) -> Embedded:
    """Anthropic has no such models.

    Raises:
        ProviderFault: always.
    """
    del access, texts
    message = "Anthropic makes no vectors. Choose a model of another provider."
    raise faults.ProviderFault(message, code="cannot_embed")


def _request(access: Access, prompt: Prompt) -> dict[str, Any]:
    mark = {"cache_control": {"type": "ephemeral"}}
    messages: list[dict[str, Any]] = [_message(one) for one in prompt.messages]
    if len(messages) > 1 and messages[-1]["content"]:
        # A conversation goes on: its next turn begins with all of this. One question does not.
        *before, last = messages[-1]["content"]
        messages[-1]["content"] = [*before, {**last, **mark}]
    given: dict[str, Any] = {
        "model": access.model,
        "messages": messages,
        "max_tokens": prompt.max_tokens,
        "stream": True,
    }
    if prompt.system:
        given["system"] = [{"type": "text", "text": prompt.system, **mark}]
    if prompt.tools:
        tools = [
            {"name": one.name, "description": one.description, "input_schema": one.parameters}
            for one in prompt.tools
        ]
        given["tools"] = [*tools[:-1], {**tools[-1], **mark}]
    if prompt.schema is not None:
        given["output_config"] = {"format": {"type": "json_schema", "schema": prompt.schema}}
    if prompt.temperature is not None:
        # The library knows it no more; older models still take it, newer ones refuse it.
        given["extra_body"] = {"temperature": prompt.temperature}
    return given


def _message(message: Message) -> JsonObject:
    blocks = [block for part in message.parts for block in _blocks(part)]
    return {"role": message.role, "content": [*blocks]}


def _blocks(part: Part) -> list[JsonObject]:
    match part:
        case Text():
            return [{"type": "text", "text": part.text}] if part.text else []
        case Image():
            data = base64.b64encode(part.content).decode()
            source: JsonObject = {"type": "base64", "media_type": part.mime, "data": data}
            return [{"type": "image", "source": source}]
        case Thought() | Audio():
            return [part.data] if isinstance(part, Thought) and part.provider == NAME else []
        case ToolCall():
            arguments = part.arguments or {}
            return [{"type": "tool_use", "id": part.id, "name": part.name, "input": arguments}]
        case ToolResult():
            result: JsonObject = {
                "type": "tool_result",
                "tool_use_id": part.call,
                "content": part.text,
            }
            return [{**result, "is_error": True} if part.is_error else result]


@dataclass(slots=True)
class _Block:
    """A part of the answer while it is being written."""

    kind: str
    start: JsonObject
    text: str = ""
    signature: str = ""

    def part(self) -> Part | None:
        match self.kind:
            case "text":
                return Text(self.text)
            case "tool_use":
                return tool_call(str(self.start["id"]), str(self.start["name"]), self.text)
            case "thinking":
                data: JsonObject = {
                    "type": "thinking",
                    "thinking": self.text,
                    "signature": self.signature,
                }
                return Thought(self.text, NAME, data)
            case "redacted_thinking":
                return Thought("", NAME, self.start)
            case _:
                return None


@dataclass(slots=True)
class _Made:
    """The answer so far."""

    blocks: dict[int, _Block] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    stop: Stop | None = None

    def take(self, event: RawMessageStreamEvent) -> list[StreamEvent]:
        match event.type:
            case "message_start":
                return [self._count(event.message.usage)]
            case "content_block_start":
                start = event.content_block.model_dump(mode="json", exclude_none=True)
                block = _Block(event.content_block.type, start)
                block.text = str(start.get("text") or start.get("thinking") or "")
                self.blocks[event.index] = block
                return [Said(block.text)] if block.kind == "text" and block.text else []
            case "content_block_delta":
                return self._grow(self.blocks[event.index], event.delta)
            case "message_delta":
                if event.delta.stop_reason is not None:
                    self.stop = _STOPS.get(event.delta.stop_reason, "end")
                return [self._count(event.usage)]
            case _:
                return []

    def _grow(self, block: _Block, delta: Any) -> list[StreamEvent]:
        match delta.type:
            case "text_delta":
                block.text += delta.text
                return [Said(delta.text)]
            case "input_json_delta":
                block.text += delta.partial_json
            case "thinking_delta":
                block.text += delta.thinking
            case "signature_delta":
                block.signature += delta.signature
            case _:
                pass
        return []

    def _count(self, usage: Any) -> Counted:
        """What the provider counts is cumulative; what it leaves out stays."""
        for name in (
            "input_tokens",
            "output_tokens",
            "cache_read_input_tokens",
            "cache_creation_input_tokens",
        ):
            value = getattr(usage, name, None)
            if value is not None:
                self.counts[name] = int(value)
        return Counted(self.usage)

    @property
    def usage(self) -> Usage:
        """Anthropic counts what it read from and wrote to its cache beside the rest."""
        cached = self.counts.get("cache_read_input_tokens", 0)
        written = self.counts.get("cache_creation_input_tokens", 0)
        total = self.counts.get("input_tokens", 0) + cached + written
        return Usage(total, self.counts.get("output_tokens", 0), cached, written)

    def answer(self, model: str) -> Answer:
        made = [self.blocks[index].part() for index in sorted(self.blocks)]
        parts = [part for part in made if part is not None]
        return Answer(parts, self.stop or "end", self.usage, model, NAME)


def _fault(error: Exception) -> Exception:
    if isinstance(error, anthropic.APIStatusError):
        said = error.api_message or ""
        return faults.of_status(
            "Anthropic", error.status_code, said, error.response.headers, error.type or ""
        )
    return faults.of_transport("Anthropic", error)
