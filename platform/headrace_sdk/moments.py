"""Dates in items: ISO 8601 texts. One without an offset is taken as UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

SHORTEST: Final = len("2026-01-01")


def as_moment(value: object) -> datetime | None:
    """The moment that an ISO 8601 text names; a bare date is its midnight."""
    if not isinstance(value, str) or len(value) < SHORTEST or not value[:4].isdigit():
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def to_text(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
