"""Questions and answers as JSON: to be kept, and to be told apart by a digest."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import orjson

from headrace_sdk.llm import (
    Answer,
    Audio,
    Image,
    Part,
    Prompt,
    Text,
    Thought,
    ToolCall,
    ToolResult,
    Usage,
)


def encode_answer(answer: Answer) -> bytes:
    """An answer, to be kept."""
    usage = answer.usage
    return orjson.dumps(
        {
            "parts": [_part(part) for part in answer.parts],
            "stop": answer.stop,
            "usage": [usage.input, usage.output, usage.cached, usage.cache_write],
            "model": answer.model,
            "provider": answer.provider,
            "cost_micro": answer.cost_micro,
            "reason": answer.reason,
        }
    )


def decode_answer(kept: bytes, *, is_cached: bool = False) -> Answer:
    """A kept answer."""
    given: dict[str, Any] = orjson.loads(kept)
    return Answer(
        [_part_of(one) for one in given["parts"]],
        given["stop"],
        Usage(*given["usage"]),
        given["model"],
        given["provider"],
        given["cost_micro"],
        given["reason"],
        is_cached=is_cached,
    )


def digest(prompt: Prompt, *of: str) -> bytes:
    """A name for a question to somebody: equal for equal ones alone."""
    asked = {
        "system": prompt.system,
        "messages": [
            [message.role, [_part(part) for part in message.parts]] for message in prompt.messages
        ],
        "tools": [[tool.name, tool.description, tool.parameters] for tool in prompt.tools],
        "schema": prompt.schema,
        "max_tokens": prompt.max_tokens,
        "temperature": prompt.temperature,
        "of": of,
    }
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).digest()


def _part(part: Part) -> list[Any]:
    match part:
        case Text():
            return ["text", part.text]
        case Image() | Audio():
            return _media(part)
        case Thought():
            return ["thought", part.text, part.provider, part.data]
        case ToolCall():
            return ["call", part.id, part.name, part.arguments, part.raw]
        case ToolResult():
            return ["result", part.call, part.text, part.is_error]


def _media(part: Image | Audio) -> list[Any]:
    if isinstance(part, Image):
        return ["image", part.mime, base64.b64encode(part.content).decode()]
    # Only to tell questions apart: no answer holds a recording.
    content = hashlib.sha256(part.content).hexdigest()
    return ["audio", part.mime, part.name, part.language, content]


def _part_of(given: list[Any]) -> Part:
    kind, *values = given
    match kind:
        case "image":
            return Image(values[0], base64.b64decode(values[1]))
        case "thought":
            return Thought(*values)
        case "call":
            return ToolCall(*values)
        case "result":
            return ToolResult(*values)
        case _:
            return Text(*values)
