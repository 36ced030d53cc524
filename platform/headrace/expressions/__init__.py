"""Expressions: `{{ … }}` in JavaScript's syntax and meaning, evaluated by closures of our own.

The language is an allow-list: what is not built here does not exist, and there is no way from an
expression to a Python attribute, to the clock or to anything outside its `Scope`. Where it differs
from JavaScript: data never changes (`sort` and `reverse` give new arrays), objects have no
prototype, functions are arguments only, and there are no regular expressions.
"""

from __future__ import annotations

from headrace.expressions.errors import (
    ExpressionError,
    ExpressionProblem,
    ExpressionSyntaxError,
    Position,
)
from headrace.expressions.library.reference import reference
from headrace.expressions.parameters import CompiledValue, check_value, compile_value
from headrace.expressions.scope import ItemsView, NodeView, Scope

__all__ = [
    "CompiledValue",
    "ExpressionError",
    "ExpressionProblem",
    "ExpressionSyntaxError",
    "ItemsView",
    "NodeView",
    "Position",
    "Scope",
    "check_value",
    "compile_value",
    "reference",
]
