"""The four operations and the remainder, on whatever JavaScript lets them be applied to."""

from __future__ import annotations

import math

from headrace.expressions import utf16
from headrace.expressions.limits import check_text_length
from headrace.expressions.values.coercion import normal, to_number, to_primitive, to_text
from headrace.expressions.values.kinds import Value
from headrace.expressions.values.numbers import INFINITY, NAN, Number, is_negative, number, whole


def add(left: Value, right: Value) -> Value:
    """`left + right`: a sum, or one text as soon as one side is no number."""
    if type(left) is int and type(right) is int:
        return whole(left + right)
    left, right = to_primitive(left), to_primitive(right)
    if isinstance(left, str) or isinstance(right, str):
        left, right = to_text(left), to_text(right)
        check_text_length(len(left) + len(right))
        return utf16.concat(left, right)
    return normal(to_number(left) + to_number(right))


def subtract(left: Value, right: Value) -> Number:
    """`left - right`."""
    if type(left) is int and type(right) is int:
        return whole(left - right)
    return normal(to_number(left) - to_number(right))


def multiply(left: Value, right: Value) -> Number:
    """`left * right`."""
    first, second = to_number(left), to_number(right)
    product = first * second
    if not product and is_negative(first) != is_negative(second):
        return -0.0
    return normal(product)


def divide(left: Value, right: Value) -> Number:
    """`left / right`; nothing is wrong with dividing by zero."""
    first, second = to_number(left), to_number(right)
    if second:
        return number(first / second)
    if not first or math.isnan(first):
        return NAN
    return INFINITY if is_negative(first) == is_negative(second) else -INFINITY


def remainder(left: Value, right: Value) -> Number:
    """`left % right`, with the sign of the left side."""
    first, second = to_number(left), to_number(right)
    if not second or math.isnan(first) or abs(first) == INFINITY:
        return NAN
    return normal(math.fmod(first, second))
