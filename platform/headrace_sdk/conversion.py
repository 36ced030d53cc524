"""Turns a value into the type that a user chose for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, cast

from headrace_sdk.comparison import as_number, kind_of
from headrace_sdk.errors import UserError
from headrace_sdk.forms import ValueType
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.texts import as_text

_TRUE: Final = frozenset(("true", "1", "yes", "on"))
_FALSE: Final = frozenset(("false", "0", "no", "off", ""))


def convert(value: JsonValue, to: ValueType) -> JsonValue:
    """The value as `to`; `auto` leaves it, and null stays null.

    Raises:
        UserError: it cannot be read as that type; `conversion_failed`.
    """
    if to == "auto" or value is None:
        return value
    return _CONVERSIONS[to](value)


def _number(value: JsonValue) -> JsonValue:
    if isinstance(value, bool):
        return int(value)
    number = as_number(value.strip() if isinstance(value, str) else value)
    if number is None:
        raise _failed(value, "number")
    return number


def _boolean(value: JsonValue) -> JsonValue:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value != 0
    word = value.strip().lower() if isinstance(value, str) else None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise _failed(value, "boolean")


def _object(value: JsonValue) -> JsonObject:
    found = _parsed(value, "object")
    if not isinstance(found, dict):
        raise _failed(value, "object")
    return found


def _array(value: JsonValue) -> list[JsonValue]:
    found = _parsed(value, "array")
    return found if isinstance(found, list) else [found]


def _parsed(value: JsonValue, to: str) -> JsonValue:
    if not isinstance(value, str):
        return value
    try:
        return cast("JsonValue", json.loads(value, parse_constant=_refuse))
    except (ValueError, RecursionError):
        if to == "array":
            return value
        raise _failed(value, to) from None


def _refuse(constant: str) -> None:
    message = f"{constant} is not JSON."
    raise ValueError(message)


def _failed(value: JsonValue, to: str) -> UserError:
    shown = as_text(value)[:60]
    message = f"{shown!r} ({kind_of(value)}) cannot be read as {to}."
    return UserError(message, code="conversion_failed")


_CONVERSIONS: Final[dict[ValueType, Callable[[JsonValue], JsonValue]]] = {
    "text": as_text,
    "number": _number,
    "boolean": _boolean,
    "object": _object,
    "array": _array,
}
