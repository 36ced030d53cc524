"""Answers that must be JSON of a shape: checked, and asked for again where they are not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from headrace_sdk import HeadraceError, JsonObject, JsonValue, UpstreamError
from headrace_sdk.llm import Answer, Message, Prompt, Text
from headrace_sdk.schema_check import fault_of
from headrace_sdk.strict_json import loads

REPAIRS: Final = 2
"""So many times a model may mend its answer."""

Ask = Callable[[Prompt], Awaitable[Answer]]


async def structured(ask: Ask, prompt: Prompt, schema: JsonObject) -> tuple[JsonValue, Answer]:
    """The value of an answer that fits the schema, and the answer.

    Raises:
        UpstreamError: the model cannot keep to it.
    """
    asked = replace(prompt, schema=schema)
    answer = await ask(asked)
    for _ in range(REPAIRS):
        value, fault = read(answer.text, schema)
        if fault is None:
            return value, answer
        said = (
            *asked.messages,
            Message("assistant", [Text(answer.text or "(nothing)")]),
            Message("user", [Text(f"That does not fit: {fault} Answer with the whole JSON only.")]),
        )
        asked = replace(asked, messages=said)
        answer = await ask(asked)
    value, fault = read(answer.text, schema)
    if fault is None:
        return value, answer
    message = f"The model's answer does not fit the schema, even mended {REPAIRS} times: {fault}"
    raise UpstreamError(message, code="answer_does_not_fit", retryable=False)


def read(text: str, schema: JsonObject) -> tuple[JsonValue, str | None]:
    """The value, or what is wrong with it."""
    try:
        value = loads(_bare(text).encode(errors="replace"))
    except HeadraceError as error:
        return None, error.message
    return value, fault_of(value, schema)


def _bare(text: str) -> str:
    """Models like to wrap JSON into a block of code."""
    lines = text.strip().splitlines()
    if len(lines) > 2 and lines[0].startswith("```") and lines[-1].strip() == "```":
        return "\n".join(lines[1:-1])
    return text
