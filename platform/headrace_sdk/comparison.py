"""When two JSON values are equal, and which comes first."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from headrace_sdk.items import JsonValue
from headrace_sdk.moments import as_moment
from headrace_sdk.texts import as_text

_NUMBER: Final = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)
_EXACT: Final = 2**53


def kind_of(value: object) -> str:
    """`null`, `boolean`, `number`, `text`, `array` or `object`."""
    for kind, types in _KINDS:
        if isinstance(value, types):
            return kind
    return "null"


_KINDS: Final[tuple[tuple[str, type | tuple[type, ...]], ...]] = (
    ("text", str),
    ("boolean", bool),
    ("number", (int, float)),
    ("object", dict),
    ("array", list),
)


def as_number(value: object) -> float | int | None:
    """The number that a value is, or that a text says; a boolean is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value if value == value else None  # noqa: PLR0124 - NaN is not equal to itself
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return None
    number = float(value)
    if number.is_integer() and abs(number) < _EXACT:
        return int(number)
    return int(value) if value.strip("+-").isdigit() else number


def equal(left: JsonValue, right: JsonValue) -> bool:
    """JSON equality: 1 is 1.0, but `true` is not 1 at any depth."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    return left == right


def loosely_equal(left: JsonValue, right: JsonValue, *, ignore_case: bool = False) -> bool:
    """Equal, or equal once a text is read as the other's number or boolean."""
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold() if ignore_case else left == right
    if isinstance(left, str) != isinstance(right, str):
        text, other = (left, right) if isinstance(left, str) else (right, left)
        if isinstance(other, bool):
            return str(text).strip().lower() == ("true" if other else "false")
        if isinstance(other, (int, float)):
            return as_number(text) == other
    return equal(left, right)


def order(left: JsonValue, right: JsonValue, *, ignore_case: bool = False) -> int | None:
    """Negative, zero or positive as `left` comes before, with or after `right`.

    Two numbers, or texts that both say numbers; two ISO dates; two texts. `None` where the two
    cannot be compared.
    """
    numbers = as_number(left), as_number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    if not (isinstance(left, str) and isinstance(right, str)):
        return None
    moments = as_moment(left), as_moment(right)
    if moments[0] and moments[1]:
        return (moments[0] > moments[1]) - (moments[0] < moments[1])
    if ignore_case:
        left, right = left.casefold(), right.casefold()
    return (left > right) - (left < right)


SortKind = Literal["auto", "number", "text", "date"]


def sort_key(value: JsonValue, kind: SortKind = "auto") -> tuple[int, Any] | None:
    """A key that puts values in order; `None` for what has no place in an order of this kind.

    `auto` puts numbers and texts that say numbers first, then texts without regard to case (ISO
    dates of one form come out in their order), then booleans, then lists and objects by their
    JSON text. Null and missing values have no place.
    """
    if value is None:
        return None
    if kind == "date":
        moment = as_moment(value)
        return None if moment is None else (0, moment.timestamp())
    number = None if kind == "text" else as_number(value)
    if number is not None or kind == "number":
        return None if number is None else (0, number)
    if isinstance(value, str):
        return (1, value.casefold())
    return (2, value) if isinstance(value, bool) else (3, as_text(value))


def fingerprint(value: JsonValue) -> object:
    """A hashable stand-in: equal fingerprints are `equal` values."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("array", *map(fingerprint, value))
    if isinstance(value, dict):
        return ("object", frozenset((key, fingerprint(part)) for key, part in value.items()))
    return value
