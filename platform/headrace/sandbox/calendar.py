"""The time zones that code may need, as tables: in the sandbox are no files to read them from."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final
from zoneinfo import TZPATH, ZoneInfo

MOST_ZONES: Final = 16
_FROM: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2100, 1, 1, tzinfo=UTC)
_STRIDE: Final = timedelta(days=14)
"""No zone changes twice within so long but in a few months of history."""

_NAME: Final = re.compile(r"\b[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}")
_DATES: Final = re.compile(r"DateTime|Interval|Intl|luxon|\$now|\$today")

Changes = list[tuple[float, int]]
"""Since when (ms since 1970), and how many minutes the clock is ahead of UTC."""


def calendar_of(zone: str, source: str) -> dict[str, Any] | None:
    """The zone of the workflow, and tables for it and all zones that the source names.

    `None` for code that has nothing to do with dates.
    """
    if not _DATES.search(source):
        return None
    named = list(dict.fromkeys([zone, *_NAME.findall(source)]))[:MOST_ZONES]
    zones = {name: changes for name in named if (changes := _changes(name)) is not None}
    return {"zone": zone, "zones": zones}


def zone_files(zone: str, source: str) -> dict[str, str]:
    """What Python's zoneinfo reads, in base64, for the zone of the workflow and those named."""
    if "zoneinfo" not in source:
        return {}
    named = list(dict.fromkeys([zone, *_NAME.findall(source)]))[:MOST_ZONES]
    return {name: content for name in named if (content := _file(name)) is not None}


@lru_cache(maxsize=256)
def _file(name: str) -> str | None:
    """A TZif file (RFC 8536); `None` where there is no such zone."""
    if _changes(name) is None:
        return None
    for folder in TZPATH:
        file = Path(folder, name)
        if file.is_file():
            return base64.b64encode(file.read_bytes()).decode()
    packed = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    return base64.b64encode(packed.read_bytes()).decode()


@lru_cache(maxsize=256)
def _changes(name: str) -> Changes | None:
    """`None` where there is no such zone."""
    try:
        zone = ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return None
    found = [(_FROM.timestamp() * 1000, _minutes(zone, _FROM))]
    at = _FROM
    while at < _UNTIL:
        after = at + _STRIDE
        if _minutes(zone, after) != found[-1][1]:
            found.append(_change(zone, at, after))
        at = after
    return found


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[float, int]:
    offset = _minutes(zone, after)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (before, middle) if _minutes(zone, middle) == offset else (middle, after)
    return after.replace(microsecond=0).timestamp() * 1000, offset


def _minutes(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
