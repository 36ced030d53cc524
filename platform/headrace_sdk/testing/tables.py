"""`ctx.tables` in memory: tables come to be when rows are added, and columns have no types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.tables import SYSTEM_COLUMNS, Where

AT: Final = "2026-01-02T12:00:00.000Z"


@dataclass(slots=True)
class MemoryTables:
    """`rows` has what is kept, by table. Ids are counted over all tables."""

    rows: dict[str, list[JsonObject]] = field(default_factory=dict)
    count: int = 0

    async def columns(self, table: str) -> Sequence[str]:
        """Every field of its rows."""
        kept = [name for row in self.rows.get(table, []) for name in row]
        return [one for one in dict.fromkeys(kept) if one not in SYSTEM_COLUMNS]

    async def insert(self, table: str, rows: Sequence[JsonObject]) -> Sequence[JsonObject]:
        """Add rows."""
        return [self._add(table, row) for row in rows]

    async def upsert(
        self, table: str, rows: Sequence[JsonObject], *, by: Sequence[str]
    ) -> Sequence[JsonObject]:
        """Change or add each row."""
        made = []
        for row in rows:
            found = self._found(table, [Where(name, "equals", row.get(name)) for name in by])
            if found:
                found[0].update(row)
            made.append(dict(found[0]) if found else self._add(table, row))
        return made

    async def update(
        self, table: str, values: JsonObject, *, where: Sequence[Where]
    ) -> Sequence[JsonObject]:
        """Change rows."""
        found = self._found(table, where)
        for row in found:
            row.update(values)
        return [dict(row) for row in found]

    async def delete(self, table: str, *, where: Sequence[Where]) -> Sequence[JsonObject]:
        """Delete rows."""
        gone = self._found(table, where)
        kept = [row for row in self.rows.get(table, []) if row not in gone]
        self.rows[table] = kept
        return gone

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
        """Rows, sorted as texts."""
        found = self._found(table, where)
        if sort:
            found.sort(key=lambda row: str(row.get(sort)), reverse=descending)
        return [dict(row) for row in found[skip : skip + limit]]

    def _add(self, table: str, row: JsonObject) -> JsonObject:
        self.count += 1
        kept: JsonObject = {"id": f"row-{self.count}", "created_at": AT, "updated_at": AT, **row}
        self.rows.setdefault(table, []).append(kept)
        return dict(kept)

    def _found(self, table: str, where: Sequence[Where]) -> list[JsonObject]:
        rows = self.rows.get(table, [])
        return [row for row in rows if all(_holds(row.get(one.column), one) for one in where)]


def _holds(value: JsonValue, where: Where) -> bool:
    return _TESTS[where.op](value, where.value)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[JsonValue, JsonValue], bool]:
    def test(value: JsonValue, other: JsonValue) -> bool:
        are_numbers = all(isinstance(one, (int, float)) for one in (value, other))
        are_texts = all(isinstance(one, str) for one in (value, other))
        return (are_numbers or are_texts) and compare(value, other)

    return test


_TESTS: Final[Mapping[str, Callable[[JsonValue, JsonValue], bool]]] = {
    "equals": lambda value, other: value == other,
    "not_equals": lambda value, other: value != other,
    "gt": _ordered(lambda value, other: value > other),
    "gte": _ordered(lambda value, other: value >= other),
    "lt": _ordered(lambda value, other: value < other),
    "lte": _ordered(lambda value, other: value <= other),
    "contains": lambda value, other: str(other).lower() in str(value).lower(),
    "starts_with": lambda value, other: str(value).lower().startswith(str(other).lower()),
    "is_empty": lambda value, _: value is None,
    "is_not_empty": lambda value, _: value is not None,
}
