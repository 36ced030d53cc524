"""`ctx.tables` of one attempt: reads as they are now, writes once for the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headrace.executions.runner.shared import Doorway
from headrace.state.types import Shared
from headrace.tables import running
from headrace.tables.queries import columns, find
from headrace.tenants.threads import in_thread
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.tables import Where


class RunTables:
    """See `headrace_sdk.tables.Tables`."""

    def __init__(self, doorway: Doorway) -> None:
        self._doorway = doorway

    async def columns(self, table: str) -> Sequence[str]:
        """The names of its columns."""
        return [one.name for one in await in_thread(columns, table)]

    async def insert(self, table: str, rows: Sequence[JsonObject]) -> Sequence[JsonObject]:
        """Add rows."""
        return await self._doorway.once(running.insert, self._shared(table), rows)

    async def upsert(
        self, table: str, rows: Sequence[JsonObject], *, by: Sequence[str]
    ) -> Sequence[JsonObject]:
        """Change or add each row."""
        return await self._doorway.once(running.upsert, self._shared(table), rows, by)

    async def update(
        self, table: str, values: JsonObject, *, where: Sequence[Where]
    ) -> Sequence[JsonObject]:
        """Change rows."""
        return await self._doorway.once(running.update, self._shared(table), values, where)

    async def delete(self, table: str, *, where: Sequence[Where]) -> Sequence[JsonObject]:
        """Delete rows."""
        return await self._doorway.once(running.delete, self._shared(table), where)

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
        """Rows, as they are committed."""
        return await in_thread(
            find, table, where, sort=sort, descending=descending, limit=limit, skip=skip
        )

    def _shared(self, table: str) -> Shared:
        return Shared(self._doorway.asker.tenant_id, table)


class TableDoors:
    """The same for a node with a process of its own; see `headrace.executions.isolated.tables`."""

    verbs: Final = frozenset({"columns", "insert", "upsert", "update", "delete", "find"})

    def __init__(self, context: Any) -> None:
        self._context = context

    async def ask(self, verb: str, given: Mapping[str, Any]) -> JsonValue:
        """What the tables answer, with conditions that came as JSON.

        Raises:
            NodeError: not declared, or refused by the table.
        """
        named = dict(given)
        if "where" in named:
            named["where"] = [Where(*one) for one in named["where"]]
        answer: JsonValue = await getattr(self._context.tables, verb)(**named)
        return answer
