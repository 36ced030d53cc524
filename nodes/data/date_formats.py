"""Dates as text: the tokens that people know from n8n and Luxon, in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Final

from headrace_sdk import UserError
from headrace_sdk.moments import as_moment

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MAX_PATTERN: Final = 200
MILLISECONDS_FROM: Final = 100_000_000_000
"""Numbers from here on are milliseconds since 1970, smaller ones seconds."""

_TOKEN: Final = re.compile(
    r"'([^']*)'|yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|m|ss|s|SSS|a|ZZ|Z|o|WW|W|X|x"
)
_WRITTEN: Final[dict[str, Callable[[datetime], str]]] = {
    "yyyy": lambda at: f"{at.year:04}",
    "yy": lambda at: f"{at.year % 100:02}",
    "MMMM": lambda at: MONTHS[at.month - 1],
    "MMM": lambda at: MONTHS[at.month - 1][:3],
    "MM": lambda at: f"{at.month:02}",
    "M": lambda at: str(at.month),
    "dd": lambda at: f"{at.day:02}",
    "d": lambda at: str(at.day),
    "EEEE": lambda at: DAYS[at.weekday()],
    "EEE": lambda at: DAYS[at.weekday()][:3],
    "HH": lambda at: f"{at.hour:02}",
    "H": lambda at: str(at.hour),
    "hh": lambda at: f"{at.hour % 12 or 12:02}",
    "h": lambda at: str(at.hour % 12 or 12),
    "mm": lambda at: f"{at.minute:02}",
    "m": lambda at: str(at.minute),
    "ss": lambda at: f"{at.second:02}",
    "s": lambda at: str(at.second),
    "SSS": lambda at: f"{at.microsecond // 1000:03}",
    "a": lambda at: "AM" if at.hour < 12 else "PM",
    "ZZ": lambda at: f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5],
    "Z": lambda at: f"{at:%z}",
    "o": lambda at: str(at.timetuple().tm_yday),
    "WW": lambda at: f"{at.isocalendar().week:02}",
    "W": lambda at: str(at.isocalendar().week),
    "X": lambda at: str(int(at.timestamp())),
    "x": lambda at: str(int(at.timestamp() * 1000)),
}
_READ: Final[dict[str, str]] = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<short>\d{2})",
    "MMMM": r"(?P<name>[A-Za-z]{3,9})",
    "MMM": r"(?P<name>[A-Za-z]{3,9})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{2})",
    "d": r"(?P<day>\d{1,2})",
    "EEEE": r"[A-Za-z]{6,9}",
    "EEE": r"[A-Za-z]{3}",
    "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>\d{1,2})",
    "hh": r"(?P<hour>\d{2})",
    "h": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "m": r"(?P<minute>\d{1,2})",
    "ss": r"(?P<second>\d{2})",
    "s": r"(?P<second>\d{1,2})",
    "SSS": r"(?P<milli>\d{3})",
    "a": r"(?P<half>[AaPp][Mm])",
    "ZZ": r"(?P<zone>Z|[+-]\d{2}:?\d{2})",
    "Z": r"(?P<zone>Z|[+-]\d{2}:?\d{2})",
}


def written(moment: datetime, pattern: str) -> str:
    """The moment by a pattern such as `dd.MM.yyyy HH:mm`; text in single quotes stays."""

    def replaced(token: re.Match[str]) -> str:
        return token[1] if token[1] is not None else _WRITTEN[token[0]](moment)

    return _TOKEN.sub(replaced, _checked(pattern)).replace("''", "'")


def parsed(text: str, pattern: str, zone: tzinfo) -> datetime:
    """The moment that a text says: by a pattern, or without one ISO 8601 or seconds since 1970.

    What names no offset is taken in `zone`.

    Raises:
        UserError: `invalid_date`.
    """
    try:
        moment = _by_pattern(text, pattern) if pattern else _plain(text)
    except (ValueError, OverflowError, OSError, re.error):
        moment = None
    if moment is None:
        how = f"by the pattern {pattern!r}" if pattern else "as ISO 8601 (2026-01-31T08:00:00Z)"
        message = f"{text[:60]!r} cannot be read {how}. Say its pattern under Format of the date."
        raise UserError(message, field="value", code="invalid_date")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _plain(text: str) -> datetime | None:
    text = text.strip()
    if re.fullmatch(r"-?\d{9,14}(\.\d{1,6})?", text):
        number = float(text)
        is_seconds = abs(number) < MILLISECONDS_FROM
        return datetime.fromtimestamp(number if is_seconds else number / 1000, UTC)
    return datetime.fromisoformat(text) if as_moment(text) else None


def _by_pattern(text: str, pattern: str) -> datetime | None:
    expression, last = "", 0
    for token in _TOKEN.finditer(_checked(pattern)):
        part = re.escape(token[1]) if token[1] is not None else _READ.get(token[0])
        if part is None:
            message = f"A date cannot be read by {token[0]!r}; use it to write only."
            raise UserError(message, field="pattern", code="invalid_pattern")
        expression += re.escape(pattern[last : token.start()]) + part
        last = token.end()
    found = re.fullmatch(expression + re.escape(pattern[last:]), text.strip())
    return _moment(found.groupdict()) if found else None


def _moment(parts: dict[str, str | None]) -> datetime:
    def number(name: str, otherwise: int) -> int:
        return int(parts.get(name) or otherwise)

    short = parts.get("short")
    year = 2000 + int(short) if short else number("year", 1970)
    month = _month(parts["name"]) if parts.get("name") else number("month", 1)
    hour, half = number("hour", 0), (parts.get("half") or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    naive = datetime(  # noqa: DTZ001 - the zone follows
        year, month, number("day", 1), hour, number("minute", 0), number("second", 0)
    ).replace(microsecond=number("milli", 0) * 1000)
    zone = parts.get("zone")
    return datetime.fromisoformat(f"{naive.isoformat()}{zone}") if zone else naive


def _month(name: str | None) -> int:
    wanted = (name or "")[:3].title()
    return [month[:3] for month in MONTHS].index(wanted) + 1


def _checked(pattern: str) -> str:
    if len(pattern) > MAX_PATTERN:
        message = f"The pattern is longer than {MAX_PATTERN} characters."
        raise UserError(message, field="pattern", code="invalid_pattern")
    return pattern
