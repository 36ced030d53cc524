"""What an approval shows of its items and lets people correct: files, and fields of the item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from headrace_sdk import Item, JsonObject, JsonValue, Params, UserError, fields
from headrace_sdk.fields import show_if

ALL: Final = "*"
MOST_FILES: Final = 6
LONGEST_TEXT: Final = 10_000
"""Characters of a text that can be corrected."""

Kind = Literal["text", "number", "yes_no", "choice"]


class Field(Params):
    """One field that may be corrected."""

    name: str = fields.text("Field", placeholder="total", max_length=200, half=True)
    label: str = fields.text("Label", "", placeholder="Total", max_length=60, half=True)
    kind: Kind = fields.select(
        "Kind",
        "text",
        labels={"text": "Text", "number": "Number", "yes_no": "Yes or no", "choice": "Choice"},
        half=True,
    )
    options: list[str] = fields.tags(
        "Choices", at_most=50, show_if=show_if("kind", "choice"), half=True
    )


def shown_files(items: Sequence[Item], names: Sequence[str]) -> list[JsonValue]:
    """References of the files that go by these names, in the order of the items."""
    wanted = {name.strip() for name in names}
    found: list[JsonValue] = [
        ref.to_json()
        for item in items
        for name, ref in (item.binary or {}).items()
        if name in wanted or ALL in wanted
    ]
    return found[:MOST_FILES]


def offered(items: Sequence[Item], correctable: Sequence[Field]) -> list[JsonValue]:
    """The fields with what they hold.

    Raises:
        UserError: there are several items, or a field cannot be corrected.
    """
    if not correctable:
        return []
    if len(items) > 1:
        message = (
            f"Fields are corrected one item at a time, but there are {len(items)} items. "
            "Put the node into a loop."
        )
        raise UserError(message, field="correctable", code="correction_of_several")
    rows: list[JsonValue] = [_row(field, items[0].json) for field in correctable]
    names = [field.name.strip() for field in correctable]
    if len(set(names)) < len(names):
        message = "The same field is named twice. Name each field to correct once."
        raise UserError(message, field="correctable", code="correction_named_twice")
    return rows


def _row(field: Field, values: JsonObject) -> JsonObject:
    name = field.name.strip()
    value = values.get(name)
    options: list[JsonValue] = [*dict.fromkeys(field.options)] if field.kind == "choice" else []
    if not name or (field.kind == "choice" and not options):
        message = "A field to correct needs a name, and a choice needs its choices."
        raise UserError(message, field="correctable", code="correction_incomplete")
    if isinstance(value, dict | list) or (isinstance(value, str) and len(value) > LONGEST_TEXT):
        message = (
            f"The field {name[:100]!r} cannot be corrected: it is neither a number, yes or no, "
            f"nor a text of at most {LONGEST_TEXT} characters."
        )
        raise UserError(message, field="correctable", code="correction_not_plain")
    return {
        "name": name,
        "label": field.label.strip() or name,
        "kind": field.kind,
        "options": options,
        "value": value,
    }
