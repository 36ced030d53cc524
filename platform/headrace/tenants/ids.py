"""New primary keys: UUIDs of version 7, unique over all tenants and in order of their making."""

from __future__ import annotations

from uuid import UUID

import uuid6


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562)."""
    return UUID(int=uuid6.uuid7().int)
