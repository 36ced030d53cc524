"""Tables as CSV: one line a row, the names of the columns in the first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.tables import actions, queries, rows
from headrace.tables.errors import InvalidImport, LimitReached
from headrace.tables.limits import MAX_COLUMNS, MAX_IMPORT_BYTES, MAX_ROWS
from headrace_sdk.comparison import as_number
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.moments import as_moment
from headrace_sdk.tables import MAX_BATCH, SYSTEM_COLUMNS, ColumnType
from headrace_sdk.texts import as_text

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS: Final = ",;\t"
WORDS: Final = ("true", "false")


@transaction.atomic
def take_in(actor: Actor, table_id: UUID, content: bytes, *, adds_columns: bool) -> int:
    """Add a row for each line; how many. Columns that every row has already are passed over.

    With `adds_columns` names that the table lacks become columns, of the type that all their
    values have.

    Raises:
        Forbidden, TableError: as they say; nothing was added.
    """
    require(actor, actions.EDIT)
    table = rows.locked(str(table_id))
    names, lines = _read(content)
    known = {*SYSTEM_COLUMNS, *(one.name for one in table.typed_columns)}
    missing = [name for name in names if name not in known]
    if missing and not adds_columns:
        shown = ", ".join(repr(name[:60]) for name in missing[:5])
        message = f"The table has no column {shown}. Add the columns, or let the import do it."
        raise InvalidImport(message, code="unknown_column")
    for name in missing:
        kind = _kind([line[names.index(name)] for line in lines])
        actions.add_column(actor, table_id, name, kind)
    kept = [(index, name) for index, name in enumerate(names) if name not in SYSTEM_COLUMNS]
    given: list[JsonObject] = [{name: line[index] for index, name in kept} for line in lines]
    for begin in range(0, len(given), MAX_BATCH):
        rows.insert(str(table_id), _parsed(table_id, given[begin : begin + MAX_BATCH]))
    facts = {"name": table.name, "rows": len(given)}
    audit.record(actor.value, "table.imported", "table", table_id, facts)
    return len(given)


def lines_of(table_id: UUID) -> Iterator[str]:
    """The table, line by line, with a mark that spreadsheets know UTF-8 by.

    Raises:
        TableNotFound: there is none.
    """
    names = [one.name for one in queries.columns(str(table_id))]

    def lines() -> Iterator[str]:
        yield "\ufeff" + _line([_harmless(name) for name in ("id", *names)])
        for row in queries.every_row(table_id):
            yield _line([_harmless(row.get(name)) for name in ("id", *names)])

    return lines()


def _parsed(table_id: UUID, given: list[JsonObject]) -> list[JsonObject]:
    """With the cells of JSON columns read as such; what is none is a text."""
    objects = [one.name for one in queries.columns(str(table_id)) if one.type == "json"]
    for row in given:
        for name in objects:
            if name in row:
                row[name] = _json(str(row[name]))
    return given


def _json(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return text
    return value


def _read(content: bytes) -> tuple[list[str], list[list[str]]]:
    if len(content) > MAX_IMPORT_BYTES:
        message = f"The file has more than {MAX_IMPORT_BYTES // 2**20} MiB. Import it in parts."
        raise InvalidImport(message, code="too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The file is not UTF-8. Save it as “CSV UTF-8” and try again."
        raise InvalidImport(message) from None
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        found = [line for line in csv.reader(io.StringIO(text), delimiter=separator) if any(line)]
    except csv.Error as error:
        message = f"This is not CSV: {error}."
        raise InvalidImport(message) from None
    return _checked([[_plain(cell) for cell in line] for line in found])


def _checked(found: Sequence[list[str]]) -> tuple[list[str], list[list[str]]]:
    names = [name.strip() for name in found[0]] if found else []
    if not names or not all(names) or len(set(names)) != len(names) or len(names) > MAX_COLUMNS + 3:
        message = "The first line must name each column once."
        raise InvalidImport(message)
    if len(found) - 1 > MAX_ROWS:
        message = f"A table may have {MAX_ROWS:,} rows; the file has {len(found) - 1:,}."
        raise LimitReached(message)
    for number, line in enumerate(found[1:], start=2):
        if len(line) > len(names):
            message = f"Line {number} has {len(line)} cells, the first one {len(names)}."
            raise InvalidImport(message)
    return names, [line + [""] * (len(names) - len(line)) for line in found[1:]]


def _kind(cells: Sequence[str]) -> ColumnType:
    filled = [cell for cell in cells if cell]
    fits: list[tuple[ColumnType, Callable[[str], bool]]] = [
        ("boolean", lambda cell: cell.lower() in WORDS),
        ("number", _is_number),
        ("date_time", lambda cell: as_moment(cell) is not None),
    ]
    for kind, test in fits:
        if filled and all(map(test, filled)):
            return kind
    return "text"


def _is_number(cell: str) -> bool:
    """A number that no zero in front, as of a postcode, would lose."""
    has_zero = len(cell) > 1 and cell[0] == "0" and cell[1].isdigit()
    return as_number(cell) is not None and not has_zero


def _plain(cell: str) -> str:
    """Without the quote that `_harmless` puts in front."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _harmless(value: JsonValue) -> str:
    """Texts that a spreadsheet would run as a formula get a quote in front (CWE-1236)."""
    if value is None:
        return ""
    text = as_text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()
