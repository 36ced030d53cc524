"""`toFormat`: luxon's format tokens in English, without those that depend on a locale."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.values.zones import offset_minutes, offset_text, zone_name

_PIECES: Final = re.compile(r"'([^']*)'|(([A-Za-z])\3*)|[^A-Za-z']+|'")
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def moment_text(moment: datetime, pattern: str) -> str:
    """`moment` written by `pattern`, for instance `yyyy-MM-dd 'at' HH:mm`.

    Raises:
        ExpressionError: a run of letters is no token; text belongs between single quotes.
    """
    return "".join(_written(moment, piece) for piece in _PIECES.finditer(pattern))


def _written(moment: datetime, piece: re.Match[str]) -> str:
    quoted, token = piece[1], piece[2]
    if token is None:
        return piece[0] if quoted is None else quoted
    write = _TOKENS.get(token) or _ALONE.get(token)
    if write is None:
        raise ExpressionError(
            f"toFormat has no token {token!r}. Use tokens such as yyyy-MM-dd HH:mm:ss, "
            "and put other text between single quotes.",
            code="unknown_format_token",
        )
    return write(moment)


def _millisecond(moment: datetime) -> int:
    return moment.microsecond // 1000


def _short_offset(moment: datetime) -> str:
    hours, minutes = divmod(abs(offset_minutes(moment)), 60)
    sign = "-" if offset_minutes(moment) < 0 else "+"
    return f"{sign}{hours}" + (f":{minutes}" if minutes else "")


def _whole_seconds(moment: datetime) -> int:
    return int(moment.timestamp() // 1)


_TOKENS: Final[dict[str, Callable[[datetime], str]]] = {
    "S": lambda moment: str(_millisecond(moment)),
    "SSS": lambda moment: f"{_millisecond(moment):03}",
    "u": lambda moment: f"{_millisecond(moment):03}",
    "s": lambda moment: str(moment.second),
    "ss": lambda moment: f"{moment.second:02}",
    "m": lambda moment: str(moment.minute),
    "mm": lambda moment: f"{moment.minute:02}",
    "h": lambda moment: str(moment.hour % 12 or 12),
    "hh": lambda moment: f"{moment.hour % 12 or 12:02}",
    "H": lambda moment: str(moment.hour),
    "HH": lambda moment: f"{moment.hour:02}",
    "a": lambda moment: "AM" if moment.hour < 12 else "PM",
    "d": lambda moment: str(moment.day),
    "dd": lambda moment: f"{moment.day:02}",
    "o": lambda moment: str(moment.timetuple().tm_yday),
    "ooo": lambda moment: f"{moment.timetuple().tm_yday:03}",
    "E": lambda moment: str(moment.isoweekday()),
    "EEE": lambda moment: _DAYS[moment.weekday()][:3],
    "EEEE": lambda moment: _DAYS[moment.weekday()],
    "EEEEE": lambda moment: _DAYS[moment.weekday()][:1],
    "M": lambda moment: str(moment.month),
    "MM": lambda moment: f"{moment.month:02}",
    "MMM": lambda moment: _MONTHS[moment.month - 1][:3],
    "MMMM": lambda moment: _MONTHS[moment.month - 1],
    "MMMMM": lambda moment: _MONTHS[moment.month - 1][:1],
    "y": lambda moment: str(moment.year),
    "yy": lambda moment: f"{moment.year % 100:02}",
    "yyyy": lambda moment: f"{moment.year:04}",
    "q": lambda moment: str((moment.month + 2) // 3),
    "qq": lambda moment: f"{(moment.month + 2) // 3:02}",
    "W": lambda moment: str(moment.isocalendar().week),
    "WW": lambda moment: f"{moment.isocalendar().week:02}",
    "kk": lambda moment: f"{moment.isocalendar().year % 100:02}",
    "kkkk": lambda moment: f"{moment.isocalendar().year:04}",
    "X": lambda moment: str(_whole_seconds(moment)),
    "x": lambda moment: str(_whole_seconds(moment) * 1000 + _millisecond(moment)),
    "Z": _short_offset,
    "ZZ": offset_text,
    "ZZZ": lambda moment: offset_text(moment, ""),
    "z": zone_name,
}
# `c` and `L` are the same names standing alone, which English does not tell apart.
_ALONE: Final = {
    **{"c" * len(token): _TOKENS[token] for token in ("E", "EEE", "EEEE", "EEEEE")},
    **{"L" * len(token): _TOKENS[token] for token in ("M", "MM", "MMM", "MMMM", "MMMMM")},
}
