"""How many tokens a prompt may have, before its provider has counted them."""

from __future__ import annotations

import math
from typing import Final

import orjson

from headrace_sdk.llm import (
    Audio,
    Image,
    Message,
    Prompt,
    Text,
    Thought,
    ToolCall,
    ToolResult,
    Usage,
)

BYTES_A_TOKEN: Final = 3
"""Tokens of English text have about four bytes; three is on the safe side for a reservation."""

IMAGE_TOKENS: Final = 1_600
"""The most that Anthropic counts for one picture (vision guide); OpenAI's are fewer."""

BYTES_A_SOUND_TOKEN: Final = 100
"""Ten tokens a second (OpenAI) of the thinnest speech that is in use, a kilobyte a second."""

FOR_A_MESSAGE: Final = 8


def worst(prompt: Prompt) -> Usage:
    """The input as it may be, and the longest answer that is allowed."""
    count = text_tokens(prompt.system)
    count += sum(_of_message(message) for message in prompt.messages)
    for tool in prompt.tools:
        count += text_tokens(tool.name + tool.description) + _json_tokens(tool.parameters)
    if prompt.schema is not None:
        count += _json_tokens(prompt.schema)
    return Usage(count, prompt.max_tokens)


def text_tokens(text: str) -> int:
    """At most so many tokens, or nearly."""
    return math.ceil(len(text.encode(errors="replace")) / BYTES_A_TOKEN)


def _of_message(message: Message) -> int:
    total = FOR_A_MESSAGE
    for part in message.parts:
        match part:
            case Text() | Thought() | ToolResult():
                total += text_tokens(part.text)
            case ToolCall():
                total += text_tokens(part.name) + _json_tokens(part.arguments or {})
            case Image():
                total += IMAGE_TOKENS
            case Audio():
                total += len(part.content) // BYTES_A_SOUND_TOKEN
    return total


def _json_tokens(value: object) -> int:
    return math.ceil(len(orjson.dumps(value)) / BYTES_A_TOKEN)
