"""The scripted model: answers without any network, always the same, and says that it is a demo.

It understands nothing. It calls each tool whose name stands in the question once, fills in a schema
with the smallest values that fit, and else repeats the beginning of what it was asked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Final

from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.llm import (
    OFFLINE,
    Answer,
    Audio,
    Part,
    Prompt,
    Text,
    Tool,
    ToolCall,
    ToolResult,
    Usage,
)

LABEL: Final = "[Offline demo]"
_SHOWN: Final = 120
_DEEPEST: Final = 8
CHARACTERS_A_TOKEN: Final = 4
"""A rule of thumb for English text; it only has to be the same each time."""


def answer(prompt: Prompt, model: str = OFFLINE) -> Answer:
    """The scripted answer to a prompt."""
    parts = _parts(prompt)
    is_calling = any(isinstance(part, ToolCall) for part in parts)
    usage = Usage(_tokens(_said(prompt)), _tokens(" ".join(map(_text_of, parts))))
    return Answer(parts, "tools" if is_calling else "end", usage, model, OFFLINE)


def _parts(prompt: Prompt) -> Sequence[Part]:
    for message in prompt.messages:
        for part in message.parts:
            if isinstance(part, Audio):
                return [Text(f"{LABEL} A recording of {len(part.content)} bytes, {part.name}.")]
    asked, results = _last_question(prompt), _results(prompt)
    if prompt.tools and not results:
        calls = _calls(prompt.tools, asked)
        if calls:
            return calls
    if prompt.schema is not None:
        return [Text(json.dumps(_example(prompt.schema, asked)))]
    if results:
        return [Text(f"{LABEL} The tools say: {'; '.join(_short(one) for one in results)}")]
    return [Text(f"{LABEL} You asked: {_short(asked)}")]


def _calls(tools: Sequence[Tool], asked: str) -> list[ToolCall]:
    words = asked.lower().replace("_", " ")
    return [
        ToolCall(f"call_{index}", tool.name, _object(tool.parameters, asked))
        for index, tool in enumerate(tools)
        if tool.name.lower().replace("_", " ") in words
    ]


def _object(schema: JsonObject, asked: str) -> JsonObject:
    made = _example({"type": "object", **schema}, asked)
    return made if isinstance(made, dict) else {}


def _example(schema: JsonObject, asked: str, depth: int = 0) -> JsonValue:
    """The smallest value that fits the common parts of JSON Schema; texts repeat the question."""
    choices = schema.get("enum")
    if isinstance(choices, list) and choices:
        return _named(choices, asked)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    if kind == "object" and depth < _DEEPEST:
        fields = schema.get("properties")
        given = fields if isinstance(fields, dict) else {}
        return {
            name: _example(one, asked, depth + 1)
            for name, one in given.items()
            if isinstance(one, dict)
        }
    if kind == "array":
        of = schema.get("items")
        return [_example(of, asked, depth + 1)] if isinstance(of, dict) else []
    least = schema.get("minimum")
    number = least if isinstance(least, int | float) else 0
    simple: dict[str, JsonValue] = {
        "string": _short(asked),
        "integer": math.ceil(number),
        "number": number,
        "boolean": True,
        "object": {},
    }
    return simple.get(kind) if isinstance(kind, str) else None


def _named(choices: list[JsonValue], asked: str) -> JsonValue:
    """The choice that the question mentions, else the first."""
    lower = asked.lower()
    return next((one for one in choices if str(one).lower() in lower), choices[0])


def _last_question(prompt: Prompt) -> str:
    for message in reversed(prompt.messages):
        texts = [part.text for part in message.parts if isinstance(part, Text)]
        if message.role == "user" and texts:
            return " ".join(texts)
    return ""


def _results(prompt: Prompt) -> list[str]:
    last = prompt.messages[-1].parts if prompt.messages else ()
    return [_bare(part.text) for part in last if isinstance(part, ToolResult)]


def _bare(text: str) -> str:
    """A tool's output without the mark that says that it is one."""
    lines = text.splitlines()
    is_marked = len(lines) > 2 and lines[0].startswith("<tool_output ")
    return "\n".join(lines[1:-1]) if is_marked else text


def _said(prompt: Prompt) -> str:
    parts = [_text_of(part) for message in prompt.messages for part in message.parts]
    return " ".join([prompt.system, *parts])


def _text_of(part: Part) -> str:
    if isinstance(part, Text | ToolResult):
        return part.text
    return json.dumps(part.arguments) if isinstance(part, ToolCall) else ""


def _tokens(text: str) -> int:
    return math.ceil(len(text) / CHARACTERS_A_TOKEN)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
