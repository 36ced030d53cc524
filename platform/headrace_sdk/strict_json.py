"""JSON as it may come in: nothing that PostgreSQL, a browser or the event log could not hold.

Refused, each with its place: NaN, Infinity and numbers beyond a double (R-050), integers beyond
64 bits (send them as strings, R-053), more than 64 levels (R-049), NUL (R-051), lone surrogates
and invalid UTF-8 (R-052). Of repeated keys the last one counts, as in JavaScript. Integers between
2^53 and 2^64 are kept exactly here; a browser rounds them.
"""

from __future__ import annotations

import json
import math
import re
from typing import Final, cast

from pydantic_core import from_json

from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonValue

MAX_DEPTH: Final = 64

_SMALLEST: Final = -(2**63)
_LARGEST: Final = 2**64 - 1
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Only bytes like these can hide what the parser lets through: an escaped NUL, an integer beyond
# 64 bits, a number beyond a double. Almost no document has them, and then no value is looked at.
_SUSPICIOUS: Final = re.compile(rb"\\u0000|[0-9]{19}|[eE]\+?[0-9]{3}")


class InvalidJson(HeadraceError):
    """The text is not JSON, or holds what cannot be kept. `path` is a JSON pointer."""

    code = "invalid_json"
    status = 400

    def __init__(self, message: str, *, code: str | None = None, path: str = "") -> None:
        super().__init__(message, code=code, facts={"path": path} if path else None)
        self.path = path


def loads(text: bytes, max_depth: int = MAX_DEPTH) -> JsonValue:
    """The value of a JSON text in UTF-8.

    Raises:
        InvalidJson: see the module; `path` or the message says where.
    """
    try:
        value = cast("JsonValue", from_json(text, allow_inf_nan=False))
    except ValueError as error:
        message = str(error)
        if "recursion limit" in message:
            raise _too_deep(
                max_depth, where=message.removeprefix("recursion limit exceeded")
            ) from error
        raise InvalidJson(f"This is not JSON: {message}.") from error
    if text.count(b"{") + text.count(b"[") > max_depth:
        check_depth(value, max_depth)
    if _SUSPICIOUS.search(text):
        check(value)
    return value


def dumps(value: JsonValue) -> bytes:
    """Compact JSON in UTF-8, keys in the order given.

    Raises:
        InvalidJson: the value holds NaN, Infinity or a lone surrogate, or is no JSON value.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode()
    except (ValueError, TypeError, RecursionError) as error:
        check_depth(value)
        check(value)
        raise InvalidJson(f"This cannot be written as JSON: {error}.") from error


def check_depth(value: JsonValue, max_depth: int = MAX_DEPTH) -> None:
    """Refuse a value with more levels of lists and objects than this.

    Raises:
        InvalidJson: with code `json_too_deep`.
    """
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(max_depth):
        if not level:
            return
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, dict | list)
        ]
    if level:
        raise _too_deep(max_depth, _deepest(value))


def check(value: JsonValue, path: str = "") -> None:
    """Look at every key and scalar of a value that is not too deep.

    Raises:
        InvalidJson: at the first text or number that cannot be kept.
    """
    if isinstance(value, str):
        checked_text(value, path)
    elif isinstance(value, dict):
        for key, child in value.items():
            checked_text(key, path)
            check(child, f"{path}/{_escaped(key)}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            check(child, f"{path}/{index}")
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidJson("Numbers must be finite.", code="json_invalid_number", path=path)
    elif isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
        raise InvalidJson(
            "Integers beyond 64 bits must be sent as strings.",
            code="json_invalid_number",
            path=path,
        )


def checked_text(text: str, path: str = "") -> str:
    """The same text.

    Raises:
        InvalidJson: it holds NUL or half of a surrogate pair.
    """
    if "\0" in text:
        raise InvalidJson(
            "Text must not hold the NUL character.", code="json_invalid_text", path=path
        )
    if not text.isascii() and _SURROGATE.search(text):
        raise InvalidJson(
            "Text must not hold half of a surrogate pair.", code="json_invalid_text", path=path
        )
    return text


def _too_deep(max_depth: int, path: str = "", where: str = "") -> InvalidJson:
    return InvalidJson(
        f"Lists and objects may be nested {max_depth} levels deep, no more{where}.",
        code="json_too_deep",
        path=path,
    )


def _deepest(value: JsonValue) -> str:
    """The way down along the first too deep branch, as far as it is helpful to show."""
    steps: list[str] = []
    while isinstance(value, dict | list) and value and len(steps) < 8:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        step, value = next((pair for pair in pairs if isinstance(pair[1], dict | list)), ("", None))
        if value is not None:
            steps.append(_escaped(str(step)))
    return "".join(f"/{step}" for step in steps)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
