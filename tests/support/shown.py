"""Values of expressions as one line of text, the same in Python and JavaScript."""

from __future__ import annotations

from typing import Any

from headrace.expressions.values.json_text import own_keys, quoted
from headrace.expressions.values.moments import DateTime
from headrace.expressions.values.numbers import number_text


def show(value: Any) -> str:
    """The twin of `show` in generate.mjs: one line that tells any two different values apart."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{','.join(map(show, value))}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{quoted(key)}:{show(value[key])}" for key in own_keys(value)) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return "-0" if repr(value) == "-0.0" else number_text(value)
    return value.to_iso() if isinstance(value, DateTime) else repr(value)
