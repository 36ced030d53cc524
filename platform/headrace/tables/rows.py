"""Rows written and read, by whomever: all of a call or nothing, one writer a table at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from headrace.tables import limits
from headrace.tables.errors import (
    InvalidCell,
    InvalidCondition,
    LimitReached,
    RowNotFound,
    TableNotFound,
)
from headrace.tables.filters import all_hold, column_of, place_of
from headrace.tables.models import Row, Table
from headrace.tables.types import Column
from headrace.tables.values import DoesNotFit, fitted, size_of
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.moments import to_text
from headrace_sdk.tables import MAX_BATCH, MAX_FOUND, Where

Cells = dict[str, JsonValue]


def found(name: str) -> Table:
    """The table of an id or a name.

    Raises:
        TableNotFound: there is none.
    """
    return _found(Table.objects.all(), name)


def locked(name: str) -> Table:
    """The same, for its only writer until the transaction ends.

    Raises:
        TableNotFound: there is none.
    """
    return _found(Table.objects.select_for_update(), name)


@transaction.atomic
def insert(name: str, rows: Sequence[JsonObject]) -> list[JsonObject]:
    """Add rows; they as they are kept.

    Raises:
        TableError: they do not fit, or the table is full.
    """
    table = locked(name)
    made = _added(table, [_cells(table, row, index) for index, row in enumerate(_batch(rows))])
    return [shown(table, row) for row in made]


@transaction.atomic
def upsert(name: str, rows: Sequence[JsonObject], by: Sequence[str]) -> list[JsonObject]:
    """Change the first row with the same values in `by`, or add one, for each.

    Raises:
        TableError: they do not fit, or the table is full.
    """
    table, now, made = locked(name), database_now(), []
    keys = [column_of(table, one) for one in by]
    if not keys:
        message = "Name the columns by which rows are found."
        raise InvalidCondition(message, field="by")
    for index, given in enumerate(_batch(rows)):
        cells = _cells(table, given, index)
        known = table.rows.filter(all_hold(table, _same(keys, cells, index))).order_by("id").first()
        row = _added(table, [cells])[0] if known is None else _changed(known, cells, index, now)
        made.append(shown(table, row))
    return made


@transaction.atomic
def update(name: str, values: JsonObject, where: Sequence[Where]) -> list[JsonObject]:
    """Put the values into the rows for which all conditions hold.

    Raises:
        TableError: they do not fit, or are too many rows.
    """
    table, now = locked(name), database_now()
    cells = _cells(table, values, 0)
    changed = [_merged(row, cells, 0, now) for row in _few(table, where)]
    Row.objects.bulk_update(changed, ["values", "updated_at"], batch_size=500)
    return [shown(table, row) for row in changed]


@transaction.atomic
def change(name: str, row_id: UUID, values: JsonObject) -> JsonObject:
    """Put the values into one row.

    Raises:
        TableError: they do not fit, or there is no such row.
    """
    table = locked(name)
    row = table.rows.filter(pk=row_id).first()
    if row is None:
        raise RowNotFound
    return shown(table, _changed(row, _cells(table, values, 0), 0, database_now()))


@transaction.atomic
def delete(name: str, where: Sequence[Where]) -> list[JsonObject]:
    """Delete the rows for which all conditions hold; they as they were.

    Raises:
        TableError: a condition cannot be asked, or they are too many.
    """
    table = locked(name)
    gone = _few(table, where)
    table.rows.filter(pk__in=[row.pk for row in gone]).delete()
    table.row_count -= len(gone)
    table.save(update_fields=["row_count"])
    return [shown(table, row) for row in gone]


def find(
    name: str, where: Sequence[Where], *, sort: str, descending: bool, limit: int, skip: int
) -> list[JsonObject]:
    """Rows for which all conditions hold, by a column, or as they were added.

    Raises:
        TableError: a condition or the order cannot be asked.
    """
    table = found(name)
    rows = in_order(table, table.rows.filter(all_hold(table, where)), sort, descending=descending)
    skipped = min(max(skip, 0), limits.MAX_ROWS)
    return [shown(table, row) for row in rows[skipped : skipped + min(max(limit, 0), MAX_FOUND)]]


def in_order(table: Table, rows: QuerySet[Row], sort: str, *, descending: bool) -> QuerySet[Row]:
    """The rows, each with the `place` it is sorted by; of equal ones the older comes first.

    Raises:
        TableError: there is no such order.
    """
    sign = "-" if descending else ""
    placed = rows.annotate(place=place_of(table, sort or "id"))
    return placed.order_by(f"{sign}place", f"{sign}id")


def shown(table: Table, row: Row) -> JsonObject:
    """A row as people and workflows see it."""
    cells: JsonObject = {one.name: row.values.get(one.key) for one in table.typed_columns}
    times = {"created_at": to_text(row.created_at), "updated_at": to_text(row.updated_at)}
    return {"id": str(row.pk), **cells, **times}


def _found(tables: QuerySet[Table], name: str) -> Table:
    try:
        table_id = UUID(name)
    except ValueError:
        table = tables.filter(name=name.replace("\x00", "")).first()
    else:
        # An id says nothing to people.
        table, name = tables.filter(Q(pk=table_id) | Q(name=name)).first(), ""
    if table is None:
        raise TableNotFound(name)
    return table


def _batch(rows: Sequence[JsonObject]) -> Sequence[JsonObject]:
    if len(rows) > MAX_BATCH:
        message = f"{len(rows):,} rows are too many at once; send up to {MAX_BATCH:,}."
        raise LimitReached(message)
    return rows


def _few(table: Table, where: Sequence[Where]) -> list[Row]:
    rows = list(table.rows.filter(all_hold(table, where)).order_by("id")[: MAX_FOUND + 1])
    if len(rows) > MAX_FOUND:
        message = f"More than {MAX_FOUND:,} rows are meant. Add a condition that means fewer."
        raise LimitReached(message)
    return rows


def _same(keys: Sequence[Column], cells: Cells, index: int) -> list[Where]:
    for column in keys:
        if cells.get(column.key) is None:
            raise InvalidCell(index, column.name, "Rows are found by it, so it must not be empty.")
    return [Where(column.name, "equals", cells[column.key]) for column in keys]


def _cells(table: Table, given: Mapping[str, Any], index: int) -> Cells:
    """What the row puts into cells by their keys; `None` empties one."""
    cells: Cells = {}
    for name, value in given.items():
        column = column_of(table, name)
        try:
            cells[column.key] = fitted(column, value)
        except DoesNotFit as error:
            raise InvalidCell(index, name, str(error)) from None
    return cells


def _added(table: Table, rows: Sequence[Cells]) -> list[Row]:
    if table.row_count + len(rows) > limits.MAX_ROWS:
        message = (
            f"The table {table.name!r} would have more than {limits.MAX_ROWS:,} rows. Delete some, "
            "or keep them in a database."
        )
        raise LimitReached(message)
    now = database_now()
    made = [
        _merged(Row(table=table, created_at=now, updated_at=now), cells, index, now)
        for index, cells in enumerate(rows)
    ]
    Row.objects.bulk_create(made, batch_size=500)
    table.row_count += len(made)
    table.save(update_fields=["row_count"])
    return made


def _changed(row: Row, cells: Cells, index: int, now: datetime) -> Row:
    _merged(row, cells, index, now).save(update_fields=["values", "updated_at"])
    return row


def _merged(row: Row, cells: Cells, index: int, now: datetime) -> Row:
    merged = {**row.values, **cells}
    row.values = {key: value for key, value in merged.items() if value is not None}
    row.updated_at = now
    if size_of(row.values) > limits.MAX_ROW_BYTES:
        message = f"The row has more than {limits.MAX_ROW_BYTES // 1024} KiB."
        raise InvalidCell(index, "", message)
    return row
