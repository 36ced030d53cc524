"""JavaScript's three ways to be equal, and its order. Source: ECMA-262, Testing and Comparison."""

from __future__ import annotations

from math import isnan
from typing import Final

from headrace.expressions import utf16
from headrace.expressions.values.coercion import is_nullish, to_number, to_primitive
from headrace.expressions.values.kinds import Undefined, Value

_BY_VALUE: Final = frozenset({str, int, float, bool})
_CONVERTIBLE: Final = frozenset({str, int, float, bool, type(None), Undefined})
_NUMBERS: Final = frozenset({int, float})


def strict_equal(left: Value, right: Value) -> bool:
    """`left === right`: the same kind and value; arrays and objects only if they are one."""
    left_kind, right_kind = type(left), type(right)
    if left_kind is right_kind:
        return bool(left == right) if left_kind in _BY_VALUE else left is right
    return left_kind in _NUMBERS and right_kind in _NUMBERS and bool(left == right)


def same_value(left: Value, right: Value) -> bool:
    """Equality of `includes`: as `===`, but NaN is NaN."""
    return strict_equal(left, right) or (_is_nan(left) and _is_nan(right))


def loose_equal(left: Value, right: Value) -> bool:
    """`left == right`, with its conversions."""
    if is_nullish(left) or is_nullish(right):
        return is_nullish(left) and is_nullish(right)
    if type(left) is type(right):
        return strict_equal(left, right)
    if type(left) in _CONVERTIBLE and type(right) in _CONVERTIBLE:
        return to_number(left) == to_number(right)
    if type(left) not in _CONVERTIBLE and type(right) not in _CONVERTIBLE:
        return left is right
    return loose_equal(to_primitive(left), to_primitive(right))


def less(left: Value, right: Value) -> bool | None:
    """`left < right`; None when one side is NaN, for which every comparison is false."""
    if type(left) is int and type(right) is int:
        return left < right
    left, right = to_primitive(left), to_primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return utf16.units(left) < utf16.units(right)
    left, right = to_number(left), to_number(right)
    return None if _is_nan(left) or _is_nan(right) else left < right


def _is_nan(value: Value) -> bool:
    return type(value) is float and isnan(value)
