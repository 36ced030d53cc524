"""Short words for stored parameters, for the line under a node's name. Nothing here raises."""

from __future__ import annotations

from typing import Final

from headrace_sdk.items import JsonValue
from headrace_sdk.texts import as_text

MAX_LENGTH: Final = 60

_SIGNS: Final = {
    "equals": "=",
    "not_equals": "≠",
    "gt": ">",
    "gte": "≥",
    "lt": "<",
    "lte": "≤",
}
_NO_RIGHT: Final = frozenset(
    ("is_empty", "is_not_empty", "exists", "not_exists", "is_true", "is_false")
)


def shown(value: JsonValue) -> str:
    """A stored value in one line: an expression without its braces, a literal as it is."""
    if isinstance(value, dict) and value.keys() == {"="}:
        template = value["="]
        text = template if isinstance(template, str) else "model"
        text = text.strip().removeprefix("{{").removesuffix("}}")
    else:
        text = as_text(value)
    line = " ".join(text.split())
    return line if len(line) <= MAX_LENGTH else f"{line[: MAX_LENGTH - 1]}…"


def text_of(value: JsonValue) -> str:
    """A stored text parameter, or nothing where something else is stored."""
    return shown(value) if isinstance(value, str) else ""


def describe_conditions(stored: JsonValue) -> str:
    """The first condition, and how many more there are."""
    if not isinstance(stored, dict):
        return ""
    rows = stored.get("all") or stored.get("any")
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return ""
    first = rows[0]
    operator = first.get("op", "equals")
    words = [shown(first.get("left")), _SIGNS.get(str(operator), str(operator).replace("_", " "))]
    if operator not in _NO_RIGHT:
        words.append(shown(first.get("right")))
    more = f" +{len(rows) - 1}" if len(rows) > 1 else ""
    return shown(" ".join(words)) + more


def names_in(stored: JsonValue, key: str = "name") -> str:
    """The names in a stored list of rows, or of texts."""
    if not isinstance(stored, list):
        return ""
    names = [row.get(key) if isinstance(row, dict) else row for row in stored]
    return shown(", ".join(name for name in names if isinstance(name, str)))
