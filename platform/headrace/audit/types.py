"""What the audit record keeps of an actor: a value, so that it outlives people and keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class ActorValue:
    """Who acted, as it was then. `kind` is `person`, `api_key`, `system` or `public`."""

    kind: str
    id: UUID | None
    label: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry of the record."""

    seq: int
    at: datetime
    actor: ActorValue
    action: str
    object_type: str
    object_id: str
    facts: JsonObject
    address: str = ""
    request_id: str = ""
