"""JSON values as text, as people expect to read them."""

from __future__ import annotations

import json
from typing import Final

from headrace_sdk.items import JsonValue

WHOLE: Final = 1e15
"""Up to here a whole float is written without its `.0`."""


def as_text(value: JsonValue) -> str:
    """Texts as they are, everything else as JSON; null is the empty text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
