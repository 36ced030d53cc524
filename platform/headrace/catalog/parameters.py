"""Checks stored parameters before anything runs: what expressions will give is not known yet.

A stored value is a literal, or an expression `{"=": "…"}`; `{"=": {"literal": …}}` is a literal
object that looks like one. Faults at or below an expression are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from headrace_sdk.items import JsonValue
from headrace_sdk.node import AnyNode

Fault: TypeAlias = tuple[str, str]
"""A JSON pointer into the parameters, and what is wrong there."""

MARKER: Final = "="
UNKNOWN_FIELD: Final = "extra_forbidden"
OWN_CHECK: Final = "value_error"


def faults_of(node_class: AnyNode, params: Mapping[str, JsonValue]) -> list[Fault]:
    """Everything wrong with a node's stored parameters."""
    literal = _without_escapes(dict(params))
    try:
        node_class.Params.model_validate(literal)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return [
            (_pointer(literal, fault["loc"]), _message(fault["msg"]))
            for fault in found
            if not _may_be_right(literal, fault["loc"], fault["type"])
        ]
    return []


def _may_be_right(params: JsonValue, location: Sequence[int | str], kind: str) -> bool:
    """Does the fault depend on an expression?

    It does at an expression and inside of it. A check of ours over a whole form (its kind is
    `value_error`) does when anything in that form is an expression.
    """
    value: JsonValue = params
    for step in location:
        if _is_expression(value):
            return True
        value = _child(value, step)
    if kind == UNKNOWN_FIELD:
        return False
    return _is_expression(value) or (kind == OWN_CHECK and _holds_expression(value))


def _is_expression(value: JsonValue) -> bool:
    return isinstance(value, dict) and value.keys() == {MARKER}


def _holds_expression(value: JsonValue) -> bool:
    if _is_expression(value):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_holds_expression(part) for part in inner)


def _without_escapes(value: Any) -> Any:
    """The parameters with literal objects in place of their escaped form."""
    if _is_expression(value):
        escaped = value[MARKER]
        is_literal = isinstance(escaped, dict) and escaped.keys() == {"literal"}
        return escaped["literal"] if is_literal else value
    if isinstance(value, dict):
        return {name: _without_escapes(part) for name, part in value.items()}
    return [_without_escapes(part) for part in value] if isinstance(value, list) else value


def _child(value: JsonValue, step: int | str) -> JsonValue:
    if isinstance(value, dict):
        return value.get(str(step))
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _pointer(params: JsonValue, location: Sequence[int | str]) -> str:
    """RFC 6901. Steps that name no place in the document (branches of a union) are left out."""
    pointer, value = "", params
    for step in location:
        if isinstance(value, list) != isinstance(step, int) or not isinstance(value, dict | list):
            break
        pointer += f"/{str(step).replace('~', '~0').replace('/', '~1')}"
        value = _child(value, step)
    return pointer


def _message(text: str) -> str:
    return f"{text.removeprefix('Value error, ').rstrip('.')}."
