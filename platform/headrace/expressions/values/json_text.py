"""`JSON.parse` and `JSON.stringify`. Source: ECMA-262, The JSON Object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.limits import Walk, check_text_length
from headrace.expressions.values.coercion import to_text
from headrace.expressions.values.kinds import UNDEFINED, Undefined, Value
from headrace.expressions.values.moments import DateTime
from headrace.expressions.values.numbers import (
    INFINITY,
    Number,
    number,
    number_text,
    signed,
    whole,
    whole_from_digits,
)

_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_JSON_NUMBERS: Final = frozenset({int, float})


def parse(text: str) -> Value:
    """The value that a JSON text spells.

    Raises:
        ExpressionError: it is not JSON, or nested too deeply.
    """
    try:
        return _DECODER.decode(text)
    except ValueError as error:
        raise ExpressionError(f"This text is not JSON: {error}.", code="json_invalid") from error
    except RecursionError as error:
        raise ExpressionError("This JSON is nested too deeply.", code="value_too_deep") from error


def stringify(value: Value, indent: str = "") -> str | Undefined:
    """The JSON text of a value; `undefined` has none.

    Raises:
        ExpressionError: the value is nested too deeply or too large.
    """
    return UNDEFINED if value is UNDEFINED else _Writer(indent).written(value, "\n")


def own_keys(value: dict[str, Value]) -> list[str]:
    """An object's keys in JavaScript's order: array indexes by size, then the rest as inserted."""
    indexes = [key for key in value if is_index(key)]
    if not indexes:
        return list(value)
    return sorted(indexes, key=int) + [key for key in value if not is_index(key)]


def is_index(key: str) -> bool:
    """Is it a whole number from 0 to 2^32 - 2 in its shortest form?"""
    return (
        key.isascii()
        and key.isdigit()
        and (key[0] != "0" or key == "0")
        and (len(key) < 10 or (len(key) == 10 and int(key) < 2**32 - 1))
    )


class _Writer:
    """Writes one value; `line_end` is the line break and margin of the level being written."""

    def __init__(self, indent: str) -> None:
        self._indent = indent
        self._colon = ": " if indent else ":"
        self._walk = Walk()

    def written(self, value: Value, line_end: str) -> str:
        kind = type(value)
        if kind is not list and kind is not dict:
            return _scalar(value)
        self._walk.enter(len(value))
        inner = line_end + self._indent
        if kind is list:
            text = self._bracketed([self.written(part, inner) for part in value], "[]", line_end)
        else:
            text = self._bracketed(list(self._members(value, inner)), "{}", line_end)
        self._walk.leave()
        return text

    def _members(self, value: dict[str, Value], inner: str) -> Iterator[str]:
        for key in own_keys(value):
            if value[key] is not UNDEFINED:
                yield quoted(key) + self._colon + self.written(value[key], inner)

    def _bracketed(self, parts: list[str], brackets: str, line_end: str) -> str:
        inner = line_end + self._indent if self._indent else ""
        check_text_length(sum(map(len, parts)) + len(parts) * (len(inner) + 1))
        if not parts:
            return brackets
        closing = line_end if self._indent else ""
        return f"{brackets[0]}{inner}{f',{inner}'.join(parts)}{closing}{brackets[1]}"


def _scalar(value: Value) -> str:
    if value is None or value is UNDEFINED:
        return "null"
    if isinstance(value, DateTime):
        return quoted(value.to_iso())
    if type(value) in _JSON_NUMBERS:
        return number_text(value) if abs(whole(value)) < INFINITY else "null"
    return quoted(value) if isinstance(value, str) else to_text(value)


def quoted(text: str) -> str:
    """A text as a JSON string; half characters are escaped, everything else stands as it is."""
    written = json.dumps(text, ensure_ascii=False)
    if written.isascii():
        return written
    return _HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", written)


def _integer(digits: str) -> Number:
    return signed(-1 if digits[0] == "-" else 1, whole_from_digits(digits.lstrip("-"), 10))


def _real(text: str) -> Number:
    return number(float(text))


def _no_constant(name: str) -> Value:
    message = f"{name} is not a JSON value"
    raise ValueError(message)


_DECODER: Final = json.JSONDecoder(
    parse_int=_integer, parse_float=_real, parse_constant=_no_constant
)
