"""Words and values of the approvals app that others use, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from headrace.approvals.card import Card
from headrace_sdk.items import JsonObject, JsonValue

Decision = Literal["approved", "rejected"]


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

    `node_name` is the node's name when it asked; empty where whoever asks gave none.
    `assignees` are e-mail addresses and `role:…`; empty means whoever may decide at all.
    Where one of them gave it to others, `assignees` are those and `handed_over_by` says who did.
    What is risky is not approved in passing: whoever approves has to confirm it. Only what its
    author calls safe for it is decided together with others of its kind.
    `corrections` are the values that whoever approved put into fields of the card.
    """

    id: UUID
    title: str
    message: str
    card: Card
    execution_id: UUID
    execution_number: int
    workflow_id: UUID
    workflow_name: str
    node: str
    node_name: str
    run: str
    state: State
    assignees: tuple[str, ...]
    handed_over_by: str | None
    needs_reason: bool
    is_risky: bool
    is_bulk_safe: bool
    created_at: datetime
    expires_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str
    corrections: JsonObject
    items: tuple[JsonValue, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for one person, and what has changed since they last looked."""

    open: int
    changed: tuple[ApprovalRow, ...]
    seen_at: datetime
