"""When the period of a budget began, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from headrace.llm.types import Period

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


def start_of(period: Period, now: datetime) -> datetime:
    """The beginning of the period that `now` lies in."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case Period.DAY:
            return midnight
        case Period.MONTH:
            return midnight.replace(day=1)
        case Period.TOTAL:
            return BEGINNING
