"""`JSON.…`: values as text and back."""

from __future__ import annotations

from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.functions import Table
from headrace.expressions.values.coercion import to_integer, to_text
from headrace.expressions.values.json_text import parse as parse_json
from headrace.expressions.values.json_text import stringify as write_json
from headrace.expressions.values.kinds import UNDEFINED, Value

JSON: Final = Table("JSON", has_receiver=False)


@JSON.add("parse(text)", """JSON.parse('{"a": 1}')""")
def parse(text: Value = UNDEFINED, reviver: Value = UNDEFINED) -> Value:
    """The value that a JSON text spells."""
    if reviver is not UNDEFINED:
        raise ExpressionError(
            "JSON.parse takes no second argument here. Use map() on the result.", code="type_error"
        )
    return parse_json(to_text(text))


@JSON.add("stringify(value, null?, indent?)", "JSON.stringify({a: [1, 2]})")
def stringify(
    value: Value = UNDEFINED, replacer: Value = UNDEFINED, indent: Value = UNDEFINED
) -> Value:
    """A value as JSON text, on one line or indented."""
    if isinstance(replacer, list):
        raise ExpressionError(
            "JSON.stringify takes no list of fields here. Pick them first, "
            "for instance {id: $json.id}.",
            code="type_error",
        )
    if isinstance(indent, str):
        return write_json(value, indent[:10])
    is_number = isinstance(indent, int | float) and not isinstance(indent, bool)
    return write_json(value, " " * int(min(max(to_integer(indent), 0), 10)) if is_number else "")
