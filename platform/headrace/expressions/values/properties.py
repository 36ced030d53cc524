"""What `.name` and `[key]` read off a value: data and lengths, never a Python attribute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headrace.expressions import utf16
from headrace.expressions.errors import ExpressionError
from headrace.expressions.values.coercion import is_nullish, property_key, type_of
from headrace.expressions.values.json_text import is_index
from headrace.expressions.values.kinds import UNDEFINED, Skipped, Value
from headrace.expressions.values.moments import DateTime
from headrace.expressions.values.zones import offset_minutes, zone_name


def read(value: Value, key: Value) -> Value:
    """`value[key]`; `undefined` when there is no such thing.

    Raises:
        ExpressionError: `value` is `null` or `undefined`.
    """
    kind = type(value)
    if kind is dict:
        return value.get(property_key(key), UNDEFINED)
    if is_nullish(value):
        raise nothing_to_read(value, key)
    reader = _READERS.get(kind)
    return reader(value, key) if reader else UNDEFINED


def has(value: Value, key: Value) -> bool:
    """Does an object or array itself have that key?"""
    name = property_key(key)
    if type(value) is dict:
        return name in value
    return read(value, name) is not UNDEFINED or (
        type(value) is list and is_index(name) and int(name) < len(value)
    )


def nothing_to_read(value: Value, key: Value) -> ExpressionError:
    """The error for reading from `null` or `undefined`, worded as browsers do."""
    return ExpressionError(
        f"Cannot read properties of {'null' if value is None else 'undefined'} "
        f"(reading '{property_key(key)[:80]}'). Use ?. where a value may be missing.",
        code="type_error",
    )


def not_an_object(value: Value, wanted: str) -> ExpressionError:
    """The error for a scalar where an object is needed."""
    shown = "null" if value is None else f"a value of type {type_of(value)}"
    return ExpressionError(f"Expected {wanted}, got {shown}.", code="type_error")


def _element(values: list[Value], key: Value) -> Value:
    if key == "length":
        return len(values)
    index = _index(key)
    return values[index] if 0 <= index < len(values) else UNDEFINED


def _character(text: str, key: Value) -> Value:
    if key == "length":
        return utf16.length(text)
    unit = utf16.unit(text, _index(key))
    return unit or UNDEFINED


def _index(key: Value) -> int:
    if type(key) is int:
        return key
    name = property_key(key)
    return int(name) if is_index(name) else -1


def _moment_field(value: DateTime, key: Value) -> Value:
    field = MOMENT_FIELDS.get(property_key(key))
    return field(value) if field else UNDEFINED


MOMENT_FIELDS: Final[dict[str, Callable[[DateTime], Value]]] = {
    "year": lambda value: value.moment.year,
    "quarter": lambda value: (value.moment.month + 2) // 3,
    "month": lambda value: value.moment.month,
    "day": lambda value: value.moment.day,
    "hour": lambda value: value.moment.hour,
    "minute": lambda value: value.moment.minute,
    "second": lambda value: value.moment.second,
    "millisecond": lambda value: value.moment.microsecond // 1000,
    "weekday": lambda value: value.moment.isoweekday(),
    "weekNumber": lambda value: value.moment.isocalendar().week,
    "weekYear": lambda value: value.moment.isocalendar().year,
    "ordinal": lambda value: value.moment.timetuple().tm_yday,
    "offset": lambda value: offset_minutes(value.moment),
    "zoneName": lambda value: zone_name(value.moment),
    "isValid": lambda _: True,
}
_READERS: Final[dict[type, Callable[[Value, Value], Value]]] = {
    list: _element,
    str: _character,
    DateTime: _moment_field,
    Skipped: lambda value, _: value,
}
