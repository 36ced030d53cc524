"""Expressions: `{{ … }}` in JavaScript's syntax and meaning, evaluated by closures of our own.

That quick evaluator is an allow-list: what is not built here does not exist, and there is no way
from an expression to a Python attribute, to the clock or to anything outside its `Scope`. Its data
never changes, functions are arguments only, and it knows no statements and no regular expressions.
Whatever else JavaScript has is left to the sandbox (`beyond`), which the text of an expression
decides once; where both have something it means the same.
"""

from __future__ import annotations

from headrace.expressions.beyond.asking import ask_for_all
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
    "ask_for_all",
    "check_value",
    "compile_value",
    "reference",
]
