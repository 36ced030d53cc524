"""What the bus tells others: frozen values, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event as it is delivered. `hops` counts the events that led to it."""

    position: int
    id: UUID
    kind: str
    data: JsonObject
    ordering_key: str
    source: JsonObject
    hops: int
    at: datetime

    def to_json(self) -> JsonObject:
        """What triggers and waiting steps see."""
        return {
            "id": str(self.id),
            "type": self.kind,
            "data": self.data,
            "ordering_key": self.ordering_key,
            "at": self.at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class BusChoices:
    """The settings of a tenant: who hears of failures by default, how long events are kept."""

    error_workflow: UUID | None = None
    keep_days: int = 30
