"""JSON on its way in and out of a job: quick, and true to what the other side can hold."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import orjson

from headrace.sandbox.errors import CodeStopped
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject

_LONE_SURROGATE: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
"""JavaScript escapes only those that have no partner; they are no text."""


def given_item(item: Item) -> JsonObject:
    """An item as code sees it."""
    shown: JsonObject = {"json": item.json}
    if item.binary:
        shown["binary"] = {name: ref.to_json() for name, ref in item.binary.items()}
    return shown


def written(job: dict[str, Any]) -> bytes:
    """A job as text."""
    try:
        return orjson.dumps(job)
    except TypeError:
        # Numbers beyond 64 bits; JavaScript reads them as the nearest it has.
        return json.dumps(job).encode()


def read(body: bytes) -> dict[str, Any]:
    """What a job answered.

    Raises:
        NodeError: nothing that can be read.
    """
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = _read_slowly(body)
    if not isinstance(answer, dict):
        raise unreadable()
    return answer


def unreadable() -> NodeError:
    """An answer is not what it should be."""
    message = "The result cannot be read: it is nested too deeply, or is no JSON."
    return CodeStopped(message, code="code_result_invalid")


def _read_slowly(body: bytes) -> Any:
    try:
        return json.loads(_LONE_SURROGATE.sub(rb"\1\\ufffd", body))
    except (ValueError, RecursionError):
        raise unreadable() from None
