"""How a computed value leaves an expression: as JSON, or as a piece of text."""

from __future__ import annotations

import math
from typing import Final

from headrace.expressions import utf16
from headrace.expressions.errors import ExpressionError
from headrace.expressions.limits import Walk
from headrace.expressions.values.coercion import is_nullish, to_text
from headrace.expressions.values.json_text import stringify
from headrace.expressions.values.kinds import UNDEFINED, Undefined, Value
from headrace.expressions.values.moments import DateTime
from headrace.expressions.values.numbers import number
from headrace_sdk.items import JsonValue

_AS_IS: Final = frozenset({bool, int, type(None)})


def borrowed(value: Value) -> JsonValue:
    """A part of the scope as JSON: it already is, unless nothing was there or it is a moment."""
    if value is UNDEFINED:
        return None
    return value.to_iso() if type(value) is DateTime else value


def to_json(value: Value) -> JsonValue:
    """Any value as JSON.

    `undefined`, NaN and the infinities become null, moments ISO text, half characters U+FFFD; keys
    whose value is `undefined` are left out, as JavaScript's own JSON does.
    What is JSON already is not copied.

    Raises:
        ExpressionError: the value is nested too deeply or too large.
    """
    return _exported(value, None)


def to_template_text(value: Value) -> str:
    """How a value stands within a text.

    `null` and `undefined` are empty, arrays and objects their JSON text, moments ISO text; the
    rest is as `String(…)` has it.
    """
    if is_nullish(value):
        return ""
    if type(value) is list or type(value) is dict:
        return str(stringify(value))
    return to_text(value)


def _exported(value: Value, walk: Walk | None) -> JsonValue:
    kind = type(value)
    if kind in _AS_IS:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return utf16.well_formed(value)
    if kind is list or kind is dict:
        walk = walk or Walk()
        walk.enter(len(value))
        whole = _list(value, walk) if kind is list else _object(value, walk)
        walk.leave()
        return whole
    return _scalar(value)


def _scalar(value: Value) -> JsonValue:
    if isinstance(value, float):
        # Adding 0 makes 0 of -0, which JSON would keep and JavaScript's does not.
        return number(value + 0.0) if math.isfinite(value) else None
    if isinstance(value, DateTime):
        return value.to_iso()
    if isinstance(value, Undefined):
        return None
    raise ExpressionError("A function can not be a result. Call it.", code="type_error")


def _list(values: list[Value], walk: Walk) -> JsonValue:
    exported = [_exported(value, walk) for value in values]
    is_same = all(new is old for new, old in zip(exported, values, strict=True))
    return values if is_same else exported


def _object(value: dict[str, Value], walk: Walk) -> JsonValue:
    exported = {
        utf16.well_formed(key): _exported(part, walk)
        for key, part in value.items()
        if part is not UNDEFINED
    }
    is_same = (
        len(exported) == len(value)
        and all(new is old for new, old in zip(exported.values(), value.values(), strict=False))
        and all(map(str.isascii, value))
    )
    return value if is_same else exported
