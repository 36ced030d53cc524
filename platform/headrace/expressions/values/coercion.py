"""How JavaScript turns a value of one kind into another. Source: ECMA-262, Type Conversion."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Final, Literal

from headrace.expressions import utf16
from headrace.expressions.limits import Walk, check_text_length
from headrace.expressions.values.kinds import UNDEFINED, Undefined, Value
from headrace.expressions.values.moments import DateTime
from headrace.expressions.values.numbers import (
    NAN,
    Number,
    is_negative,
    number,
    number_from_text,
    number_text,
    whole,
)

OBJECT_TEXT: Final = "[object Object]"
_PRIMITIVES: Final = frozenset({str, int, float, bool, type(None), Undefined})


def truthy(value: Value) -> bool:
    """Does `value` count as true in a condition?"""
    kind = type(value)
    if kind is list or kind is dict:
        return True
    return bool(value) and not (kind is float and isnan(value))


def is_nullish(value: Value) -> bool:
    """Is it `null` or `undefined`?"""
    return value is None or value is UNDEFINED


def type_of(value: Value) -> str:
    """What the `typeof` operator says."""
    return _TYPE_NAMES.get(type(value), "object")


_TYPE_NAMES: Final = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    Undefined: "undefined",
}


def to_primitive(value: Value, prefer: Literal["number", "string"] = "number") -> Value:
    """An object's number or text; anything else as it is."""
    if type(value) in _PRIMITIVES:
        return value
    if isinstance(value, DateTime) and prefer == "number":
        return value.to_millis()
    return to_text(value)


def to_number(value: Value) -> Number:
    """What `Number(value)` gives."""
    convert = _NUMBERS.get(type(value))
    return convert(value) if convert else to_number(to_primitive(value))


_NUMBERS: Final[dict[type, Callable[[Value], Number]]] = {
    int: whole,
    float: float,
    str: number_from_text,
    bool: int,
    type(None): lambda _: 0,
    Undefined: lambda _: NAN,
}


def to_integer(value: Value, default: Number = 0) -> Number:
    """The whole part of a number: 0 for NaN, `default` for `undefined`; infinities stay."""
    if type(value) is int:
        return value
    if value is UNDEFINED:
        return default
    result = to_number(value)
    if isinstance(result, int) or result in (float("inf"), float("-inf")):
        return result
    return 0 if isnan(result) else int(result)


def to_int32(value: Value) -> int:
    """The number as the bitwise operators see it: 32 bits with a sign."""
    bits = to_uint32(value)
    return bits - 2**32 if bits >= 2**31 else bits


def to_uint32(value: Value) -> int:
    """The number as `>>>` sees it: 32 bits without a sign."""
    result = to_number(value)
    if isinstance(result, float):
        result = int(result) if abs(result) < float("inf") else 0
    return result % 2**32


def to_text(value: Value, walk: Walk | None = None) -> str:
    """What `String(value)` gives."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is list:
        return join(value, ",", walk)
    convert = _TEXTS.get(kind)
    return convert(value) if convert else OBJECT_TEXT


_TEXTS: Final[dict[type, Callable[[Value], str]]] = {
    int: number_text,
    float: number_text,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
    Undefined: lambda _: "undefined",
    DateTime: DateTime.to_iso,
}


def join(values: list[Value], separator: str, walk: Walk | None = None) -> str:
    """The elements as texts with `separator` between them; `null` and `undefined` are empty."""
    walk = walk or Walk()
    walk.enter(len(values))
    parts = ["" if is_nullish(value) else to_text(value, walk) for value in values]
    walk.leave()
    check_text_length(sum(map(len, parts)) + len(separator) * len(parts))
    return utf16.text(separator.join(parts))


def property_key(value: Value) -> str:
    """The name under which `object[value]` looks."""
    return value if type(value) is str else to_text(value)


def normal(value: Number) -> Number:
    """A computed number in the form in which we keep numbers."""
    return whole(value) if isinstance(value, int) else number(value)


def opposite(value: Value) -> Number:
    """Unary minus."""
    result = to_number(value)
    return -result if result or is_negative(result) else -0.0
