"""What whoever approves may correct before they do: which fields, and whether a value fits one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from headrace.approvals.errors import CorrectionInvalid
from headrace_sdk.items import JsonObject, JsonValue

FIELDS: Final = 100
NAME: Final = 210
"""Of a path, with the place of its item in front."""
LONGEST_TEXT: Final = 10_000
"""Characters of a corrected text; an answer to a mail has room in it."""
LARGEST: Final = 2**53
"""From here on not every whole number survives JSON in a browser."""


class Kind(StrEnum):
    """What may be put into a field."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Correctable:
    """A field by its path. `value` is what it holds when people are asked; `None`: nothing.

    `item` is the place of its item among several; `None` where there is one.
    """

    name: str
    label: str
    kind: Kind
    options: tuple[str, ...] = ()
    value: JsonValue = None
    item: int | None = None

    def to_json(self) -> JsonObject:
        """As rows and the API have it: `{name, item, label, kind, options, value}`."""
        return {
            "name": self.name,
            "item": self.item,
            "label": self.label,
            "kind": self.kind.value,
            "options": [*self.options],
            "value": self.value,
        }

    def fault(self, given: JsonValue) -> str | None:
        """Why the value does not fit; `None` where it does."""
        match self.kind:
            case Kind.YES_NO:
                return None if isinstance(given, bool) else "Give true or false."
            case Kind.NUMBER:
                return _number_fault(given)
            case Kind.TEXT:
                return _text_fault(given)
            case Kind.CHOICE:
                return None if given in self.options else "Give one of the values that are offered."

    def is_held(self, given: JsonValue) -> bool:
        """Does the field hold just this already? Yes is not 1."""
        return given == self.value and isinstance(given, bool) == isinstance(self.value, bool)


def checked(offered: Sequence[Correctable], given: Mapping[str, JsonValue]) -> JsonObject:
    """The values that differ from what the fields hold, by name.

    Raises:
        CorrectionInvalid: a field is not offered, or its value does not fit; with every path.
    """
    by_name = {one.name: one for one in offered}
    faults: dict[str, str] = {}
    for name, value in given.items():
        field = by_name.get(name)
        fault = field.fault(value) if field else "This field is not offered for correction."
        if fault is not None:
            faults[name] = fault
    if faults:
        raise CorrectionInvalid(faults)
    return {name: value for name, value in given.items() if not by_name[name].is_held(value)}


def changes(offered: Sequence[Correctable], corrections: JsonObject) -> JsonObject:
    """What was corrected, for the record: `{from, to}` by name."""
    return {
        one.name: {"from": one.value, "to": corrections[one.name]}
        for one in offered
        if one.name in corrections
    }


def _number_fault(given: JsonValue) -> str | None:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return "Give a number."
    is_known = math.isfinite(given) and abs(given) <= LARGEST
    return None if is_known else "Give a number between -2^53 and 2^53."


def _text_fault(given: JsonValue) -> str | None:
    if not isinstance(given, str):
        return "Give a text."
    if len(given) > LONGEST_TEXT:
        return f"Give at most {LONGEST_TEXT} characters."
    # PostgreSQL cannot hold NUL, nor half of a character pair.
    is_sound = "\0" not in given and not any("\ud800" <= one <= "\udfff" for one in given)
    return None if is_sound else "The text holds characters that cannot be kept."
