"""What the sandbox made of expressions, by item: values, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from headrace.expressions.errors import ExpressionError, Span
from headrace_sdk.items import JsonValue

_CODES: Final = {
    "TypeError": "type_error",
    "RangeError": "range_error",
    "SyntaxError": "json_invalid",
    "URIError": "uri_error",
    "ReferenceError": "unknown_name",
}
_MESSAGES: Final = {
    "expression_too_slow": "The expression takes longer than 100 ms. Use fewer items, or a node of "
    "its own.",
    "expression_memory": "The expression needs more than 64 MB of memory. Use fewer items, or a "
    "node of its own.",
    "expression_too_deep": "The expression calls itself too deeply, or its data is nested too "
    "deeply.",
}


class Asked(Protocol):
    """An expression that the sandbox was asked for (`beyond.part.Sandboxed`)."""

    def place(self, line: int, column: int) -> Span:
        """Where a place in its code stands in its template; all of it, if nobody knows."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One expression that failed for one item; `name` is JavaScript's, or empty if `code` is ours.

    `line` and `column` (bytes) count from 0 in the code; -1 where nobody knows.
    """

    name: str
    message: str
    code: str
    line: int
    column: int

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Fault:
        """As the guest tells it."""
        name, code = str(told["name"]), str(told.get("code") or "")
        place = int(told.get("line", -1)), int(told.get("column", -1))
        return cls(name, str(told["message"])[:1_000], code, *place)

    def error(self, part: Asked) -> ExpressionError:
        """The fault as something to raise, with its place in the template."""
        code = self.code or _CODES.get(self.name, "expression_failed")
        span = part.place(self.line, self.column)
        return ExpressionError(self._words(code), code=code, span=span)

    def _words(self, code: str) -> str:
        if code in _MESSAGES:
            return _MESSAGES[code]
        message = self.message.rstrip(".") or self.name or "The expression failed"
        if self.message.startswith("cannot read property"):
            return f"{message[:1].upper()}{message[1:]}. Use ?. where a value may be missing."
        if code == "unknown_name":
            return f"{message[:1].upper()}{message[1:]}. Text belongs between quotes."
        return f"{message[:1].upper()}{message[1:]}."


@dataclass(frozen=True, slots=True)
class Stopped:
    """What ended a whole visit, by item and column where that is known."""

    fault: Fault
    item: int | None
    place: int | None

    def is_by(self, item: int, place: int) -> bool:
        """Was it this expression?"""
        return self.place is None or (self.item, self.place) == (item, place)


@dataclass(slots=True)
class Answers:
    """`rows` and `faults` are by the index of the item; `places` leads to the column.

    `is_shared`: there is one row for all items, since no expression reads the item. Where a visit
    was `stopped` its rows are missing: whoever asks for all comes to what stopped it.
    """

    places: Mapping[Asked, int]
    is_shared: bool = False
    first: int = 0
    rows: dict[int, Sequence[JsonValue]] = field(default_factory=dict)
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    stopped: Stopped | None = None

    def value(self, part: Asked, item: int) -> JsonValue:
        """The value of an expression for an item.

        Raises:
            ExpressionError: it failed.
        """
        place = self.places[part]
        item = self.first if self.is_shared else item
        if self.stopped is not None and self.stopped.is_by(item, place):
            raise self.stopped.fault.error(part)
        if item not in self.rows:
            return None
        fault = self.faults.get((item, place))
        if fault is not None:
            raise fault.error(part)
        return self.rows[item][place]
