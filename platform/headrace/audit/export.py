"""The record as a file: CSV for tables, JSON lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Final

from headrace.audit.filters import Filter
from headrace.audit.models import Entry

MOST: Final = 20_000
"""Entries of one file; who wants more asks day by day."""
_COLUMNS: Final = (
    "seq", "at", "actor_kind", "actor_id", "actor", "action", "object_type", "object_id",
    "facts", "outcome", "address", "request_id", "hash",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(wanted: Filter) -> str:
    """A heading and a line for each entry, the newest first.

    A text that a spreadsheet would run as a formula gets an apostrophe in front of it.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(value) for value in _values(row)] for row in _rows(wanted))
    return file.getvalue()


def as_json_lines(wanted: Filter) -> str:
    """A JSON object for each entry, the newest first."""
    return "".join(
        json.dumps(
            {**dict(zip(_COLUMNS, _values(row), strict=True)), "facts": json.loads(row.facts)},
            ensure_ascii=False,
        )
        + "\n"
        for row in _rows(wanted)
    )


def _rows(wanted: Filter) -> Iterable[Entry]:
    return wanted.entries().order_by("-seq")[:MOST]


def _values(row: Entry) -> tuple[str | int | None, ...]:
    return (
        row.seq,
        row.at.isoformat(),
        row.actor_kind,
        str(row.actor_id) if row.actor_id else None,
        row.actor_label,
        row.action,
        row.object_type,
        row.object_id,
        row.facts,
        row.outcome,
        row.address,
        row.request_id,
        row.hash,
    )


def _harmless(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
