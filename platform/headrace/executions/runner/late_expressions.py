"""Expressions that a node evaluates while it runs, over what only then is known."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from headrace.expressions import (
    CompiledValue,
    ExpressionError,
    Scope,
    ask_for_all,
    compile_value,
)
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject, JsonValue


async def evaluate(template: str, json: JsonObject, *, now: datetime, timezone: str) -> JsonValue:
    """The value of a template with `json` as its `$json`.

    Raises:
        UserError: it is no template, or it failed.
    """
    try:
        value = _compiled(template)
        scope = Scope(json=json, now=now, timezone=timezone)
        if value.beyond:
            scope.answers = await ask_for_all(value.beyond, scope, ())
        return value.evaluate(scope)
    except ExpressionError as error:
        raise UserError(error.message, code=error.code) from None


@lru_cache(maxsize=256)
def _compiled(template: str) -> CompiledValue:
    return compile_value({"=": template})
