"""What the vault tells: that there is a secret, never which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A credential without its values."""

    id: UUID
    name: str
    type: str
    hosts: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    has_value: bool = True
