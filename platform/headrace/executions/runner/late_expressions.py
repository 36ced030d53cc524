"""Expressions that a node evaluates while it runs, over what only then is known."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from headrace.expressions import CompiledValue, ExpressionError, Scope, compile_value
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject, JsonValue


def evaluate(template: str, json: JsonObject, *, now: datetime, timezone: str) -> JsonValue:
    """The value of a template with `json` as its `$json`.

    Raises:
        UserError: it is no template, or it failed.
    """
    try:
        return _compiled(template).evaluate(Scope(json=json, now=now, timezone=timezone))
    except ExpressionError as error:
        raise UserError(error.message, code=error.code) from None


@lru_cache(maxsize=256)
def _compiled(template: str) -> CompiledValue:
    return compile_value({"=": template})
