"""Fields of items that whoever approves may correct: what is offered, and how it is put in.

A field is named by its path. Of several items each offers its own, named by the item's place, too:
`[1].address.city`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from headrace_sdk import Item, JsonObject, JsonValue, Params, UserError, fields
from headrace_sdk.fields import show_if
from headrace_sdk.paths import Edit, Missing, Path, parse, read

MOST_VALUES: Final = 100
LONGEST_TEXT: Final = 10_000
"""Characters of a text that can be corrected."""

Kind = Literal["text", "number", "yes_no", "choice"]


class Field(Params):
    """One field that may be corrected; `name` is its path."""

    name: str = fields.text("Field", placeholder="address.city", max_length=200, half=True)
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


def offered(items: Sequence[Item], correctable: Sequence[Field]) -> list[JsonValue]:
    """The fields of every item with what they hold.

    Raises:
        UserError: there are too many, or a field cannot be corrected.
    """
    if len(items) * len(correctable) > MOST_VALUES:
        message = (
            f"{len(correctable)} fields of {len(items)} items are more than {MOST_VALUES} values "
            "for one card. Put the node into a loop."
        )
        raise _refused("correction_too_many", message)
    paths = [_path(field) for field in correctable]
    if len(set(paths)) < len(paths):
        message = "The same field is named twice. Name each field to correct once."
        raise _refused("correction_named_twice", message)
    return [
        _row(field, path, item.json, place if len(items) > 1 else None)
        for place, item in enumerate(items)
        for field, path in zip(correctable, paths, strict=True)
    ]


def corrected(
    items: Sequence[Item], corrections: JsonObject
) -> list[tuple[JsonObject, JsonObject]]:
    """Each item's values with what was put in, and what the corrected fields held, by path."""
    edits: list[tuple[Edit, JsonObject]] = [(Edit(item.json), {}) for item in items]
    for name, value in corrections.items():
        place, path = _place_of(name) if len(items) > 1 else (0, name)
        edit, before = edits[place]
        before[path] = _held(items[place].json, parse(path))
        edit.set(parse(path), value)
    return [(edit.root, before) for edit, before in edits]


def _path(field: Field) -> Path:
    try:
        path = parse(field.name.strip())
    except UserError as error:
        raise _refused(error.code, error.message) from None
    is_choice = field.kind == "choice"
    if not path or isinstance(path[0], int) or (is_choice and not field.options):
        message = "A field to correct needs a name, and a choice needs its choices."
        raise _refused("correction_incomplete", message)
    return path


def _row(field: Field, path: Path, values: JsonObject, place: int | None) -> JsonObject:
    name = field.name.strip()
    value = _held(values, path)
    is_long = isinstance(value, str) and len(value) > LONGEST_TEXT
    if isinstance(value, dict | list) or is_long or not _can_hold(values, path):
        message = (
            f"The field {name[:100]!r} cannot be corrected: it is neither a number, yes or no, "
            f"nor a text of at most {LONGEST_TEXT} characters, or stands in what holds no fields."
        )
        raise _refused("correction_not_plain", message)
    return {
        "name": name if place is None else _in_item(place, name),
        "item": place,
        "label": field.label.strip() or name,
        "kind": field.kind,
        "options": [*dict.fromkeys(field.options)] if field.kind == "choice" else [],
        "value": value,
    }


def _held(values: JsonObject, path: Path) -> JsonValue:
    held = read(values, path)
    return None if isinstance(held, Missing) else held


def _can_hold(values: JsonObject, path: Path) -> bool:
    """May a value be put there without losing another?"""
    above = [_held(values, path[:depth]) for depth in range(1, len(path))]
    if any(not isinstance(held, dict | list | None) for held in above):
        return False
    try:
        Edit(values).set(path, None)
    except UserError:
        return False
    return True


def _in_item(place: int, name: str) -> str:
    return f"[{place}]{name}" if name.startswith("[") else f"[{place}].{name}"


def _place_of(name: str) -> tuple[int, str]:
    """Which item, and the path in it: the way back from `_in_item`."""
    place, _, path = name[1:].partition("]")
    return int(place), path.removeprefix(".")


def _refused(code: str, message: str) -> UserError:
    return UserError(message, field="correctable", code=code)
