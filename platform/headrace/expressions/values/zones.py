"""Time zones by name, as a workflow's settings and `setZone` give them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from headrace.expressions.errors import ExpressionError

_FIXED = re.compile(r"(?:utc|gmt)([+-]\d{1,2})(?::([0-5]\d))?", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo:
    """The zone called `name`: an IANA name such as `Europe/Oslo`, `UTC`, or `UTC+5:30`.

    Raises:
        ExpressionError: there is no such zone.
    """
    if name.lower() in {"utc", "gmt"}:
        return UTC
    fixed = _FIXED.fullmatch(name)
    if fixed and abs(int(fixed[1])) < 24:
        minutes = int(fixed[2] or 0) * (-1 if fixed[1].startswith("-") else 1)
        return timezone(timedelta(hours=int(fixed[1]), minutes=minutes))
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:
        raise ExpressionError(
            f"There is no time zone {name[:40]!r}. Use a name such as Europe/Oslo or UTC.",
            code="unknown_time_zone",
        ) from error


def zone_name(moment: datetime) -> str:
    """How a moment's zone is called: `Europe/Oslo`, `UTC`, `UTC+5:30`."""
    if isinstance(moment.tzinfo, ZoneInfo):
        return moment.tzinfo.key
    total = offset_minutes(moment)
    hours, minutes = divmod(abs(total), 60)
    if not total:
        return "UTC"
    return f"UTC{'-' if total < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")


def offset_minutes(moment: datetime) -> int:
    """How far the zone's clock is ahead of UTC at that moment."""
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def offset_text(moment: datetime, separator: str = ":") -> str:
    """The offset as `+02:00`."""
    total = offset_minutes(moment)
    hours, minutes = divmod(abs(total), 60)
    return f"{'-' if total < 0 else '+'}{hours:02}{separator}{minutes:02}"
