"""What `$now` and `$today` can do, and `DateTime.…`: the part of luxon that expressions use."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final

from headrace.expressions.errors import ExpressionError
from headrace.expressions.library.functions import Table
from headrace.expressions.scope import Scope
from headrace.expressions.values.coercion import to_number, to_text
from headrace.expressions.values.kinds import UNDEFINED, Value
from headrace.expressions.values.moment_text import moment_text
from headrace.expressions.values.moments import DateTime, unit_of
from headrace.expressions.values.numbers import INFINITY, Number, number
from headrace.expressions.values.properties import not_an_object
from headrace.expressions.values.zones import zone

MOMENTS: Final = Table("DateTime", has_receiver=True, steps=50)
DATE_TIME: Final = Table("DateTime", has_receiver=False, steps=50)
_SETTABLE: Final = {"years", "months", "days", "hours", "minutes", "seconds", "milliseconds"}


@MOMENTS.add("toISO()", "$now.toISO()", is_linear=False)
@MOMENTS.add("toJSON()", "$now.toJSON()", is_linear=False)
@MOMENTS.add("toString()", "$now.toString()", is_linear=False)
def to_iso(value: DateTime) -> str:
    """The moment as ISO 8601 text with its offset."""
    return value.to_iso()


@MOMENTS.add("toISODate()", "$now.toISODate()", is_linear=False)
def to_iso_date(value: DateTime) -> str:
    """The date as `2026-03-01`."""
    return value.to_iso()[:10]


@MOMENTS.add("toISOTime()", "$now.toISOTime()", is_linear=False)
def to_iso_time(value: DateTime) -> str:
    """The time of day with its offset."""
    return value.to_iso()[11:]


@MOMENTS.add("toMillis()", "$now.toMillis()", is_linear=False)
@MOMENTS.add("valueOf()", "$now.valueOf()", is_linear=False)
def to_millis(value: DateTime) -> Number:
    """Milliseconds since 1970 began."""
    return value.to_millis()


@MOMENTS.add("toSeconds()", "$now.toSeconds()", is_linear=False)
def to_seconds(value: DateTime) -> Number:
    """Seconds since 1970 began, with a fraction."""
    return number(value.to_millis() / 1000)


@MOMENTS.add("toUnixInteger()", "$now.toUnixInteger()", is_linear=False)
def to_unix_integer(value: DateTime) -> Number:
    """Whole seconds since 1970 began."""
    return value.to_millis() // 1000


@MOMENTS.add("toFormat(format)", '$now.toFormat("dd.MM.yyyy HH:mm")', is_linear=False)
def to_format(value: DateTime, pattern: Value = UNDEFINED) -> str:
    """The moment written by a pattern such as `yyyy-MM-dd 'at' HH:mm:ss`."""
    return moment_text(value.moment, to_text(pattern))


@MOMENTS.add("format(format)", '$now.format("yyyy-MM-dd")', is_linear=False)
def formatted(value: DateTime, pattern: Value = UNDEFINED) -> str:
    """The same as `toFormat`."""
    return to_format(value, pattern)


@MOMENTS.add("plus(duration)", "$now.plus({days: 1, hours: 2})", is_linear=False)
def plus(value: DateTime, duration: Value = UNDEFINED) -> DateTime:
    """A later moment; the duration is an object of units, or milliseconds."""
    return value.plus(_duration(duration))


@MOMENTS.add("minus(duration)", "$now.minus({weeks: 1})", is_linear=False)
def minus(value: DateTime, duration: Value = UNDEFINED) -> DateTime:
    """An earlier moment; the duration is an object of units, or milliseconds."""
    return value.plus(_duration(duration), -1)


@MOMENTS.add("startOf(unit)", '$now.startOf("month")', is_linear=False)
def start_of(value: DateTime, unit: Value = UNDEFINED) -> DateTime:
    """The first moment of the year, quarter, month, week, day, hour, minute or second."""
    return value.start_of(unit_of(to_text(unit)))


@MOMENTS.add("endOf(unit)", '$now.endOf("day")', is_linear=False)
def end_of(value: DateTime, unit: Value = UNDEFINED) -> DateTime:
    """The last moment of the year, quarter, month, week, day, hour, minute or second."""
    name = unit_of(to_text(unit))
    return value.plus({name: 1}).start_of(name).plus({"milliseconds": -1})


@MOMENTS.add("set(fields)", "$now.set({hour: 9, minute: 0})", is_linear=False)
def set_(value: DateTime, fields: Value = UNDEFINED) -> DateTime:
    """The moment with other values for year, month, day, hour, minute, second or millisecond."""
    units = _duration(fields, "an object such as {hour: 9}")
    if unknown := sorted(units.keys() - _SETTABLE):
        raise ExpressionError(
            f"set() can not change {unknown[0]}. Use plus() or startOf().", code="unknown_unit"
        )
    return value.with_fields(
        {unit.removesuffix("s"): int(amount) for unit, amount in units.items()}
    )


@MOMENTS.add("setZone(name)", '$now.setZone("Europe/Oslo")', is_linear=False)
def set_zone(value: DateTime, name: Value = UNDEFINED) -> DateTime:
    """The same moment on another zone's clock."""
    return value.in_zone(zone(to_text(name)))


@MOMENTS.add("toUTC()", "$now.toUTC()", is_linear=False)
def to_utc(value: DateTime) -> DateTime:
    """The same moment on the clock of UTC."""
    return value.in_zone(UTC)


@MOMENTS.add("diff(other, unit?)", '$now.diff($today, "hours").hours', is_linear=False)
def diff(value: DateTime, other: Value = UNDEFINED, unit: Value = UNDEFINED) -> dict[str, Value]:
    """The time since another moment as an object with the one unit (milliseconds)."""
    if not isinstance(other, DateTime):
        raise not_an_object(other, "a DateTime such as $today")
    name = "milliseconds" if unit is UNDEFINED else unit_of(to_text(unit))
    if other.to_millis() > value.to_millis():
        return {name: number(-_difference(value, other, name))}
    return {name: number(_difference(other, value, name))}


def _difference(earlier: DateTime, later: DateTime, unit: str) -> float:
    """Whole units on the calendar, then the rest as a share of the unit that follows."""
    count = _whole_units(earlier, later, unit)
    start, end = earlier.plus({unit: count}), earlier.plus({unit: count + 1})
    share = (later.to_millis() - start.to_millis()) / (end.to_millis() - start.to_millis())
    return count + share


def _whole_units(earlier: DateTime, later: DateTime, unit: str) -> int:
    length = earlier.plus({unit: 1}).to_millis() - earlier.to_millis()
    count = (later.to_millis() - earlier.to_millis()) // length
    while earlier.plus({unit: count}).to_millis() > later.to_millis():
        count -= 1
    while earlier.plus({unit: count + 1}).to_millis() <= later.to_millis():
        count += 1
    return count


@DATE_TIME.add("now()", "DateTime.now()", is_linear=False, needs_scope=True)
def now(scope: Scope) -> DateTime:
    """The same as `$now`."""
    return scope.current_moment()


@DATE_TIME.add(
    "fromISO(text, options?)",
    'DateTime.fromISO("2026-03-01T09:30:00Z")',
    is_linear=False,
    needs_scope=True,
)
def from_iso(scope: Scope, text: Value = UNDEFINED, options: Value = UNDEFINED) -> DateTime:
    """The moment that an ISO 8601 text names; without an offset it is the workflow's time zone."""
    shown_in = _zone_of(scope, options)
    written = to_text(text)
    padded = written + "-01-01"[len(written) - 4 :] if len(written) in {4, 7} else written
    try:
        moment = datetime.fromisoformat(padded)
        return DateTime(
            (moment if moment.tzinfo else moment.replace(tzinfo=shown_in)).astimezone(shown_in)
        )
    except (ValueError, OverflowError) as error:
        raise ExpressionError(
            f"{written[:40]!r} is no ISO 8601 date such as 2026-03-01T09:30:00Z.",
            code="invalid_date",
        ) from error


@DATE_TIME.add(
    "fromMillis(number, options?)", "DateTime.fromMillis(0)", is_linear=False, needs_scope=True
)
def from_millis(scope: Scope, millis: Value = UNDEFINED, options: Value = UNDEFINED) -> DateTime:
    """The moment so many milliseconds after 1970 began."""
    return DateTime.from_millis(to_number(millis), _zone_of(scope, options))


@DATE_TIME.add(
    "fromSeconds(number, options?)",
    "DateTime.fromSeconds(0)",
    is_linear=False,
    needs_scope=True,
)
def from_seconds(scope: Scope, seconds: Value = UNDEFINED, options: Value = UNDEFINED) -> DateTime:
    """The moment so many seconds after 1970 began."""
    return DateTime.from_millis(to_number(seconds) * 1000, _zone_of(scope, options))


def _zone_of(scope: Scope, options: Value) -> tzinfo:
    named = options.get("zone", UNDEFINED) if isinstance(options, dict) else UNDEFINED
    return zone(scope.timezone if named is UNDEFINED else to_text(named))


def _duration(value: Value, wanted: str = "a duration such as {days: 1}") -> dict[str, Number]:
    """Units to amounts; a number is milliseconds."""
    given = value if isinstance(value, dict) else {"milliseconds": value}
    if not isinstance(value, dict | int | float):
        raise not_an_object(value, wanted)
    amounts = {unit_of(unit): to_number(amount) for unit, amount in given.items()}
    for unit, amount in amounts.items():
        if not abs(amount) < INFINITY:
            raise ExpressionError(f"The amount of {unit} is no number.", code="type_error")
    return amounts
