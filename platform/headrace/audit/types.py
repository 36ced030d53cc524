"""What the audit record keeps of an actor: a value, so that it outlives people and keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from headrace_sdk.items import JsonObject


class Outcome(StrEnum):
    """How it ended: it was done, the actor may not do it, or it was tried in vain."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


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
    outcome: Outcome = Outcome.DONE
    address: str = ""
    request_id: str = ""
