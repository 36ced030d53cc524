"""`ctx.tables` in the process of a node: the worker is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace.executions.isolated.asking import Line
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.tables import Where


class AskedTables:
    """See `headrace_sdk.tables.Tables`."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def columns(self, table: str) -> Any:
        """The names of its columns."""
        return await self._line.ask("tables.columns", table=table)

    async def insert(self, table: str, rows: Sequence[JsonObject]) -> Any:
        """Add rows."""
        return await self._line.ask("tables.insert", table=table, rows=[*rows])

    async def upsert(self, table: str, rows: Sequence[JsonObject], *, by: Sequence[str]) -> Any:
        """Change or add each row."""
        return await self._line.ask("tables.upsert", table=table, rows=[*rows], by=[*by])

    async def update(self, table: str, values: JsonObject, *, where: Sequence[Where]) -> Any:
        """Change rows."""
        told = _told(where)
        return await self._line.ask("tables.update", table=table, values=values, where=told)

    async def delete(self, table: str, *, where: Sequence[Where]) -> Any:
        """Delete rows."""
        return await self._line.ask("tables.delete", table=table, where=_told(where))

    async def find(self, table: str, *, where: Sequence[Where] = (), **options: Any) -> Any:
        """Rows."""
        return await self._line.ask("tables.find", table=table, where=_told(where), **options)


def _told(where: Sequence[Where]) -> JsonValue:
    return [[one.column, one.op, one.value] for one in where]
