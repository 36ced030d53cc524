"""Values that polls share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from headrace.tenants.context import TenantRef
from headrace_sdk.items import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Asked:
    """A trigger that is to be asked, wherever it stands: in a version or in a draft."""

    workflow_id: UUID
    workflow_name: str
    node: str
    node_type: str
    node_name: str
    params: JsonObject
    credentials: Mapping[str, str]
    publisher: UUID | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One poll of a row, by the scheduler that claimed it."""

    poll_id: UUID
    number: int
    owner: TenantRef
    version_id: UUID
    node: str
    cursor: JsonValue
    began_at: datetime
