"""Words and values of the approvals app that others use, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from headrace_sdk.items import JsonValue


class State(StrEnum):
    """Where an approval stands. It leaves `OPEN` once and for ever."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """What somebody is asked. `items` are the first items that wait for the answer.

    `assignees` are e-mail addresses and `role:…`; empty means whoever may decide at all.
    """

    id: UUID
    title: str
    message: str
    execution_id: UUID
    execution_number: int
    workflow_id: UUID
    workflow_name: str
    node: str
    run: str
    state: State
    assignees: tuple[str, ...]
    needs_reason: bool
    created_at: datetime
    expires_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str
    items: tuple[JsonValue, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for one person, and what has changed since they last looked."""

    open: int
    changed: tuple[ApprovalRow, ...]
    seen_at: datetime
