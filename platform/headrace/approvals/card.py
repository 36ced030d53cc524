"""What the author shows of a question besides its words: a key figure, the reason, facts, files.

And which fields of the item may be corrected.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from headrace.approvals.corrections import FIELDS, NAME, Correctable, Kind
from headrace_sdk.items import FileRef, JsonObject, JsonValue

HEADLINE: Final = 120
WHY: Final = 1_000
FACTS: Final = 6
LABEL: Final = 60
VALUE: Final = 200
DOCUMENTS: Final = 6


class Mark(StrEnum):
    """What the author thinks of a fact."""

    NONE = "none"
    OK = "ok"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the card; `value` is text as the author wants it read."""

    label: str
    value: str
    mark: Mark

    def to_json(self) -> JsonObject:
        """As rows and the API have it: `{label, value, mark}`."""
        return {"label": self.label, "value": self.value, "mark": self.mark.value}


@dataclass(frozen=True, slots=True)
class Card:
    """All of it may be empty: then a card shows plain values of the first item instead."""

    headline: str = ""
    why: str = ""
    facts: tuple[Fact, ...] = ()
    documents: tuple[FileRef, ...] = ()
    correctable: tuple[Correctable, ...] = ()

    def to_json(self) -> JsonObject:
        """As a row keeps it: `{headline, why, facts, documents, correctable}`."""
        return {
            "headline": self.headline,
            "why": self.why,
            "facts": [fact.to_json() for fact in self.facts],
            "documents": [file.to_json() for file in self.documents],
            "correctable": [field.to_json() for field in self.correctable],
        }


def card_of(given: JsonObject) -> Card:
    """The card in the note of a wait or in a row; what does not fit one is cut or left out."""
    return Card(
        headline=clean(given.get("headline"), HEADLINE),
        why=clean(given.get("why"), WHY),
        facts=tuple(_fact(row) for row in _rows(given, "facts", FACTS)),
        documents=tuple(_document(row) for row in _rows(given, "documents", DOCUMENTS)),
        correctable=tuple(
            _field(row) for row in _rows(given, "correctable", FIELDS) if row.get("name")
        ),
    )


def clean(value: JsonValue, at_most: int | None = None) -> str:
    """As text; PostgreSQL's text and JSON cannot hold NUL (R-051)."""
    text = "" if value is None else str(value)
    return text.replace("\0", "\ufffd")[:at_most]


def _rows(given: JsonObject, name: str, at_most: int) -> list[JsonObject]:
    rows = given.get(name)
    found = rows[:at_most] if isinstance(rows, list) else []
    return [row for row in found if isinstance(row, dict)]


def _fact(row: JsonObject) -> Fact:
    mark = row.get("mark")
    return Fact(
        label=clean(row.get("label"), LABEL),
        value=clean(row.get("value"), VALUE),
        mark=Mark(mark) if mark in tuple(Mark) else Mark.NONE,
    )


def _document(row: JsonObject) -> FileRef:
    size = row.get("size")
    return FileRef(
        id=clean(row.get("id"), 36),
        name=clean(row.get("name"), 255),
        mime=clean(row.get("mime"), 255),
        size=size if isinstance(size, int) else 0,
        sha256=clean(row.get("sha256"), 64),
    )


def _field(row: JsonObject) -> Correctable:
    kind, options, value = row.get("kind"), row.get("options"), row.get("value")
    item = row.get("item")
    return Correctable(
        name=clean(row.get("name"), NAME),
        label=clean(row.get("label"), LABEL),
        kind=Kind(kind) if kind in tuple(Kind) else Kind.TEXT,
        options=tuple(clean(one, VALUE) for one in options) if isinstance(options, list) else (),
        value=clean(value) if isinstance(value, str) else value,
        item=item if isinstance(item, int) else None,
    )
