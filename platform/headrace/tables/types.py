"""What a table is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from headrace_sdk.items import JsonObject
from headrace_sdk.tables import ColumnType

COLUMN_TYPES: Final[tuple[ColumnType, ...]] = ("text", "number", "boolean", "date_time", "json")


@dataclass(frozen=True, slots=True)
class Column:
    """A typed column. `key` names its cells in the rows and outlives a new name."""

    key: str
    name: str
    type: ColumnType

    def to_json(self) -> dict[str, str]:
        """As the table keeps it."""
        return {"key": self.key, "name": self.name, "type": self.type}


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows as people see them; `next` is the cursor of the page after, if there is one."""

    rows: Sequence[JsonObject]
    next: str | None


@dataclass(frozen=True, slots=True)
class TableName:
    """A table to choose."""

    id: UUID
    name: str
