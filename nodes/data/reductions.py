"""What Aggregate can compute of a group's values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from typing import Final, Literal

from headrace_sdk import JsonValue, UserError
from headrace_sdk.comparison import as_number, fingerprint, kind_of, sort_key
from headrace_sdk.texts import as_text

Operation = Literal[
    "count", "sum", "avg", "min", "max", "count_unique", "first", "last", "concat", "list"
]
LABELS: Final[dict[str, str]] = {
    "count": "Count",
    "sum": "Sum",
    "avg": "Average",
    "min": "Smallest",
    "max": "Largest",
    "count_unique": "Count of different values",
    "first": "First",
    "last": "Last",
    "concat": "Texts joined",
    "list": "List",
}


def reduced(operation: Operation, values: Sequence[JsonValue], separator: str = ", ") -> JsonValue:
    """The one value. Without values: 0 for counts and sums, "" joined, [] listed, else null.

    Raises:
        UserError: a sum or average of something that is no number; `item` is its place.
    """
    if operation == "concat":
        return separator.join(map(as_text, values))
    return _REDUCTIONS[operation](values)


def _sum(values: Sequence[JsonValue]) -> JsonValue:
    numbers = _numbers(values)
    return sum(numbers) if all(isinstance(number, int) for number in numbers) else _total(numbers)


def _average(values: Sequence[JsonValue]) -> JsonValue:
    return _total(_numbers(values)) / len(values) if values else None


def _total(numbers: Sequence[int | float]) -> float:
    try:
        return fsum(numbers)
    except OverflowError:
        message = "The sum of these numbers is too large."
        raise UserError(message, field="columns", code="number_too_large") from None


def _numbers(values: Sequence[JsonValue]) -> list[int | float]:
    numbers = [as_number(value) for value in values]
    if None in numbers:
        place = numbers.index(None)
        message = (
            f"{as_text(values[place])[:60]!r} ({kind_of(values[place])}) is no number. "
            "Filter such items out before, or count instead."
        )
        raise UserError(message, field="columns", code="not_a_number", item=place)
    return numbers  # type: ignore[return-value]


def _extreme(choose: Callable[..., JsonValue]) -> Callable[[Sequence[JsonValue]], JsonValue]:
    return lambda values: choose(values, key=sort_key) if values else None


_REDUCTIONS: Final[dict[str, Callable[[Sequence[JsonValue]], JsonValue]]] = {
    "count": len,
    "sum": _sum,
    "avg": _average,
    "min": _extreme(min),
    "max": _extreme(max),
    "count_unique": lambda values: len(set(map(fingerprint, values))),
    "first": lambda values: values[0] if values else None,
    "last": lambda values: values[-1] if values else None,
    "list": list,
}
