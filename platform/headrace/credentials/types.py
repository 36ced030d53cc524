"""What the vault tells: that there is a secret, never which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

DATABASE: Final = "database"
"""The source of secret values that are sealed here."""


class Level(StrEnum):
    """What somebody may do with a credential; `edit` includes `use`."""

    USE = "use"
    EDIT = "edit"


ConnectionState = Literal["none", "connected", "expired"]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one person may do with a credential."""

    person_id: UUID
    level: Level


@dataclass(frozen=True, slots=True)
class TestResult:
    """What came of trying a credential; `was_tried` is off where its type knows no way to."""

    is_ok: bool
    was_tried: bool
    message: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A credential without its values. `level` is what whoever asks may do with it.

    `everybody` is what every member may; `None`: nothing. `connection` is that of OAuth 2 types.
    `expires_on` is its last day, where somebody wrote it down.
    """

    id: UUID
    name: str
    type: str
    hosts: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    source: str
    owner_id: UUID | None
    everybody: Level | None
    shares: tuple[ShareRow, ...]
    level: Level
    connection: ConnectionState | None
    expires_on: date | None
    has_value: bool = True
