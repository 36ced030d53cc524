"""Operators. Source: ECMA-262, Expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.evaluation.arithmetic import add, divide, multiply, remainder, subtract
from headrace.expressions.evaluation.builder import Builder
from headrace.expressions.evaluation.frame import JOINED, READ, Closure, Frame
from headrace.expressions.library.mathematics import power
from headrace.expressions.syntax.tree import Binary, Conditional, Logical, Unary
from headrace.expressions.values.coercion import (
    is_nullish,
    opposite,
    to_int32,
    to_number,
    to_uint32,
    truthy,
    type_of,
)
from headrace.expressions.values.comparison import less, loose_equal, strict_equal
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.properties import has, not_an_object

_SIZED: Final = frozenset({str, list})


def _is_in(key: Value, value: Value) -> bool:
    if not isinstance(value, dict | list):
        raise not_an_object(value, "an object at the right of in")
    return has(value, key)


def _shift_left(left: Value, right: Value) -> int:
    return to_int32(to_uint32(left) << (to_uint32(right) % 32) & 0xFFFFFFFF)


_UNARY: Final[dict[str, Callable[[Value], Value]]] = {
    "!": lambda value: not truthy(value),
    "-": opposite,
    "+": to_number,
    "~": lambda value: ~to_int32(value),
    "typeof": type_of,
    "void": lambda _: UNDEFINED,
}
_BINARY: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": remainder,
    "**": power,
    "===": strict_equal,
    "!==": lambda left, right: not strict_equal(left, right),
    "==": loose_equal,
    "!=": lambda left, right: not loose_equal(left, right),
    "<": lambda left, right: less(left, right) is True,
    ">": lambda left, right: less(right, left) is True,
    "<=": lambda left, right: less(right, left) is False,
    ">=": lambda left, right: less(left, right) is False,
    "in": _is_in,
    "&": lambda left, right: to_int32(left) & to_int32(right),
    "|": lambda left, right: to_int32(left) | to_int32(right),
    "^": lambda left, right: to_int32(left) ^ to_int32(right),
    "<<": _shift_left,
    ">>": lambda left, right: to_int32(left) >> (to_uint32(right) % 32),
    ">>>": lambda left, right: to_uint32(left) >> (to_uint32(right) % 32),
}


def build_unary(builder: Builder, node: Unary) -> Closure:
    """One operand."""
    operate, operand, span = (_UNARY[node.operator], builder.closure(node.operand), node.span)

    def unary(frame: Frame) -> Value:
        try:
            return operate(operand(frame))
        except ExpressionError as error:
            error.locate(span)
            raise

    return unary


def build_binary(builder: Builder, node: Binary) -> Closure:
    """Two operands."""
    operate, span = _BINARY[node.operator], node.span
    left, right = builder.closure(node.left), builder.closure(node.right)

    def binary(frame: Frame) -> Value:
        first, second = left(frame), right(frame)
        try:
            if type(first) in _SIZED and len(first) >= READ:
                frame.charge(first, JOINED)
            if type(second) in _SIZED and len(second) >= READ:
                frame.charge(second, JOINED)
            return operate(first, second)
        except ExpressionError as error:
            error.locate(span)
            raise

    return binary


def build_logical(builder: Builder, node: Logical) -> Closure:
    """`&&`, `||` and `??`."""
    left, right = builder.closure(node.left), builder.closure(node.right)

    def both(frame: Frame) -> Value:
        value = left(frame)
        return right(frame) if truthy(value) else value

    def either(frame: Frame) -> Value:
        value = left(frame)
        return value if truthy(value) else right(frame)

    def default(frame: Frame) -> Value:
        value = left(frame)
        return right(frame) if is_nullish(value) else value

    return {"&&": both, "||": either, "??": default}[node.operator]


def build_conditional(builder: Builder, node: Conditional) -> Closure:
    """`test ? chosen : otherwise`."""
    test = builder.closure(node.test)
    chosen, otherwise = builder.closure(node.chosen), builder.closure(node.otherwise)
    return lambda frame: chosen(frame) if truthy(test(frame)) else otherwise(frame)
