"""The tenant's tables, as nodes see them: rows with typed columns, found by conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from headrace_sdk.items import JsonObject, JsonValue

ColumnType = Literal["text", "number", "boolean", "date_time", "json"]
Operator = Literal[
    "equals",
    "not_equals",
    "gt",
    "gte",
    "lt",
    "lte",
    "contains",
    "starts_with",
    "is_empty",
    "is_not_empty",
]
OPERATORS: Final[Mapping[str, str]] = {
    "equals": "is",
    "not_equals": "is not",
    "gt": "is more than",
    "gte": "is at least",
    "lt": "is less than",
    "lte": "is at most",
    "contains": "contains",
    "starts_with": "begins with",
    "is_empty": "is empty",
    "is_not_empty": "is not empty",
}
SYSTEM_COLUMNS: Final = ("id", "created_at", "updated_at")
"""Every row has them, beside the columns of its table; nobody writes them."""

MAX_BATCH: Final = 1_000
"""Rows that one call may write."""
MAX_FOUND: Final = 10_000
"""Rows that one call may read, change or delete."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on one column. `value` is unused by `is_empty` and `is_not_empty`."""

    column: str
    op: Operator = "equals"
    value: JsonValue = None


class Tables(Protocol):
    """Tables of the tenant, each named by its id or its name.

    What writes is applied at once and once a run: a later attempt is given the rows that the first
    one was given. Each call is all or nothing. Rows are `{"id", "created_at", "updated_at"}` and
    one field for each column, null where the cell is empty.

    Every method raises `UserError`: there is no such table or column, a value does not fit its
    column, or a limit is reached.
    """

    async def columns(self, table: str) -> Sequence[str]:
        """The names of its columns, without those that every row has."""
        ...

    async def insert(self, table: str, rows: Sequence[JsonObject]) -> Sequence[JsonObject]:
        """Add up to 1,000 rows; they as they are kept."""
        ...

    async def upsert(
        self, table: str, rows: Sequence[JsonObject], *, by: Sequence[str]
    ) -> Sequence[JsonObject]:
        """For each row: change the first one with the same values in the columns `by`, or add it.

        Columns that a row does not name stay as they are.
        """
        ...

    async def update(
        self, table: str, values: JsonObject, *, where: Sequence[Where]
    ) -> Sequence[JsonObject]:
        """Put the values into all rows for which every condition holds; they as they are now."""
        ...

    async def delete(self, table: str, *, where: Sequence[Where]) -> Sequence[JsonObject]:
        """Delete all rows for which every condition holds; they as they were."""
        ...

    async def find(
        self,
        table: str,
        *,
        where: Sequence[Where] = (),
        sort: str = "",
        descending: bool = False,
        limit: int = 100,
        skip: int = 0,
    ) -> Sequence[JsonObject]:
        """Rows for which every condition holds, by `sort`, or as they were added."""
        ...
