"""Reads of the tables app."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from django.db.models import Q

from headrace.tables import rows as reading
from headrace.tables.errors import InvalidCondition
from headrace.tables.filters import all_hold
from headrace.tables.models import Row, Table
from headrace.tables.types import Column, RowPage, TableName
from headrace_sdk.items import JsonObject
from headrace_sdk.tables import SYSTEM_COLUMNS, Where

find = reading.find
PAGE: Final = 50
MAX_PAGE: Final = 500


def tables() -> Sequence[TableName]:
    """All tables by name."""
    return [
        TableName(pk, name) for pk, name in Table.objects.order_by("name").values_list("id", "name")
    ]


def columns(name: str) -> Sequence[Column]:
    """The columns of a table.

    Raises:
        TableNotFound: there is none.
    """
    return reading.found(name).typed_columns


def page(
    table_id: UUID,
    where: Sequence[Where] = (),
    *,
    sort: str = "",
    limit: int = PAGE,
    cursor: str = "",
) -> RowPage:
    """One page of rows; `sort` with a minus in front is descending.

    Raises:
        TableError: there is no such table, or it cannot be asked that.
    """
    table = reading.found(str(table_id))
    is_descending, by = sort.startswith("-"), sort.removeprefix("-") or "id"
    rows = table.rows.filter(all_hold(table, where))
    placed = reading.in_order(table, rows, by, descending=is_descending)
    if cursor:
        placed = placed.filter(_after(cursor, by, "lt" if is_descending else "gt"))
    taken = list(placed[: limit + 1])
    following = _cursor(taken[limit - 1]) if len(taken) > limit else None
    return RowPage([reading.shown(table, row) for row in taken[:limit]], following)


def every_row(table_id: UUID) -> Iterator[JsonObject]:
    """All rows as they were added.

    Raises:
        TableNotFound: there is none.
    """
    table = reading.found(str(table_id))
    for row in table.rows.order_by("id").iterator(chunk_size=1_000):
        yield reading.shown(table, row)


def _cursor(row: Row) -> str:
    place: Any = getattr(row, "place")  # noqa: B009 - an annotation of the query
    text = orjson.dumps([place, row.pk], default=str)
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def _after(cursor: str, sort: str, lookup: str) -> Q:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place, last = orjson.loads(text)
        row_id = UUID(last)
        if sort in SYSTEM_COLUMNS:
            place = datetime.fromisoformat(place) if sort.endswith("_at") else UUID(place)
    except (binascii.Error, ValueError, TypeError, AttributeError) as error:
        raise _bad_cursor() from error
    if b"\\u0000" in text:
        raise _bad_cursor()
    return Q((f"place__{lookup}", place)) | Q(("place", place), (f"id__{lookup}", row_id))


def _bad_cursor() -> InvalidCondition:
    return InvalidCondition("This cursor is not valid.")
