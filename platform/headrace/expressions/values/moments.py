"""`$now` and its kin: a moment in a time zone, shaped after luxon's `DateTime`.

What luxon does differently on purpose is kept: months are clipped to their last day, calendar units
move the clock on the wall, hours and below move the time that passes.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.values.numbers import Number
from headrace.expressions.values.zones import offset_text

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

_CLOCK_MS: Final = {"hours": 3_600_000, "minutes": 60_000, "seconds": 1_000, "milliseconds": 1}
_DAY_MS: Final = 86_400_000
# luxon's casual lengths, for the fraction of a calendar unit.
_CASUAL_DAYS: Final = {"years": 365, "quarters": 91, "months": 30, "weeks": 7, "days": 1}
UNITS: Final = (*_CASUAL_DAYS, *_CLOCK_MS)
_FIELDS: Final = ("year", "month", "day", "hour", "minute", "second", "millisecond")


def unit_of(name: str) -> str:
    """The unit's plural name, for `day`, `days` and `Days` alike.

    Raises:
        ExpressionError: there is no such unit.
    """
    plural = name.lower().removesuffix("s") + "s"
    if plural not in UNITS:
        raise ExpressionError(
            f"There is no time unit {name[:40]!r}. Use one of {', '.join(UNITS)}.",
            code="unknown_unit",
        )
    return plural


@final
class DateTime:
    """A moment, to the millisecond, with the zone in which it is shown."""

    __slots__ = ("moment",)

    def __init__(self, moment: datetime) -> None:
        self.moment: Final = moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    @classmethod
    def from_millis(cls, millis: Number, zone: tzinfo) -> DateTime:
        """The moment so many milliseconds after 1970 began.

        Raises:
            ExpressionError: outside the years 1 to 9999, or no number.
        """
        return cls(_moment(millis, zone))

    def to_millis(self) -> int:
        """Milliseconds since 1970 began."""
        return (self.moment - _EPOCH) // _MILLISECOND

    def to_iso(self) -> str:
        """`2026-03-01T09:30:00.000+01:00`; the offset is `Z` in the zone UTC."""
        offset = "Z" if self.moment.tzinfo is UTC else offset_text(self.moment)
        return self.moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + offset

    def in_zone(self, zone: tzinfo) -> DateTime:
        """The same moment on another zone's clock."""
        return DateTime.from_millis(self.to_millis(), zone)

    def plus(self, duration: Mapping[str, float], sign: int = 1) -> DateTime:
        """Moved by `duration`: units of `UNITS` to amounts, which may be fractions."""
        amounts = {unit: sign * amount for unit, amount in duration.items()}
        whole = {unit: int(amount) for unit, amount in amounts.items() if unit in _CASUAL_DAYS}
        moved = self._shift_calendar(whole) if any(whole.values()) else self
        rest = sum(
            (amount - whole[unit]) * _CASUAL_DAYS[unit] * _DAY_MS
            if unit in whole
            else amount * _CLOCK_MS[unit]
            for unit, amount in amounts.items()
        )
        return DateTime.from_millis(moved.to_millis() + rest, self._zone) if rest else moved

    def start_of(self, unit: str) -> DateTime:
        """The first moment of the unit that holds this one; weeks begin on Monday."""
        if unit == "weeks":
            monday = self.moment.day - self.moment.weekday()
            return self.with_fields({"day": monday, **dict.fromkeys(_FIELDS[3:], 0)})
        if unit == "quarters":
            first_month = (self.moment.month - 1) // 3 * 3 + 1
            return self.with_fields({"month": first_month, "day": 1}).start_of("days")
        kept = _FIELDS.index(unit.removesuffix("s")) + 1
        return self.with_fields({field: int(field in _FIELDS[1:3]) for field in _FIELDS[kept:]})

    def with_fields(self, fields: Mapping[str, int]) -> DateTime:
        """The clock set to `fields` (`year` to `millisecond`); what overflows is carried on."""
        now = self.fields() | dict(fields)
        if "day" not in fields:
            now["day"] = min(now["day"], _days_in_month(now["year"], now["month"]))
        return self._on_wall(now)

    def fields(self) -> dict[str, int]:
        """What the clock on the wall shows, from year to millisecond."""
        shown = self.moment
        return {name: getattr(shown, name) for name in _FIELDS[:6]} | {
            "millisecond": shown.microsecond // 1000
        }

    @property
    def _zone(self) -> tzinfo:
        return self.moment.tzinfo or UTC

    def _shift_calendar(self, whole: Mapping[str, int]) -> DateTime:
        now = self.fields()
        now["year"] += whole.get("years", 0)
        now["month"] += whole.get("months", 0) + 3 * whole.get("quarters", 0)
        now["day"] = min(now["day"], _days_in_month(now["year"], now["month"]))
        now["day"] += whole.get("days", 0) + 7 * whole.get("weeks", 0)
        return self._on_wall(now)

    def _on_wall(self, fields: Mapping[str, int]) -> DateTime:
        """When the wall clock shows `fields`; a time shown twice is the one with today's offset."""
        try:
            shown = _first_of_month(fields["year"], fields["month"]) + timedelta(
                days=fields["day"] - 1,
                hours=fields["hour"],
                minutes=fields["minute"],
                seconds=fields["second"],
                milliseconds=fields["millisecond"],
            )
            either = (shown.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1))
            first, second = (option.astimezone(UTC).astimezone(self._zone) for option in either)
        except (ValueError, OverflowError) as error:
            raise _out_of_range() from error
        repeated = second.replace(tzinfo=None) == first.replace(tzinfo=None) == shown
        keeps = repeated and second.utcoffset() == self.moment.utcoffset()
        return DateTime(second if keeps else first)


def _moment(millis: Number, zone: tzinfo) -> datetime:
    try:
        return (_EPOCH + timedelta(milliseconds=int(millis))).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise _out_of_range() from error


def _first_of_month(year: int, month: int) -> datetime:
    years, month_index = divmod(month - 1, 12)
    return datetime(year + years, month_index + 1, 1)  # noqa: DTZ001 - what a wall clock shows


def _days_in_month(year: int, month: int) -> int:
    years, month_index = divmod(month - 1, 12)
    return monthrange(year + years, month_index + 1)[1]


def _out_of_range() -> ExpressionError:
    return ExpressionError(
        "This is no moment between the years 1 and 9999. Check the number or the duration.",
        code="date_out_of_range",
    )
