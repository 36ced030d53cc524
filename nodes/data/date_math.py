"""Moving along the calendar: months keep to their length, days to the clock on the wall."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Set
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from headrace_sdk import UserError

Unit = Literal["years", "months", "weeks", "days", "business_days", "hours", "minutes", "seconds"]
UNITS: Final[tuple[Unit, ...]] = (
    *("years", "months", "weeks", "days"),
    *("business_days", "hours", "minutes", "seconds"),
)
MAX_BUSINESS_DAYS: Final = 20_000
_SECONDS: Final = {"hours": 3_600, "minutes": 60, "seconds": 1}
_FRIDAY: Final = 4


def moved(moment: datetime, amount: int, unit: Unit, holidays: Set[date]) -> datetime:
    """So much later (earlier where negative), in the moment's own zone.

    Raises:
        UserError: that is no date any more; `date_out_of_range`.
    """
    try:
        if unit in _SECONDS:
            passed = moment.astimezone(UTC) + timedelta(seconds=amount * _SECONDS[unit])
            return passed.astimezone(moment.tzinfo)
        if unit == "business_days":
            return _by_business_days(moment, amount, holidays)
        if unit in ("years", "months"):
            return _by_months(moment, amount * 12 if unit == "years" else amount)
        return moment + timedelta(days=amount * 7 if unit == "weeks" else amount)
    except (OverflowError, ValueError):
        message = "That date is outside of the years 1 to 9999."
        raise UserError(message, field="amount", code="date_out_of_range") from None


def _by_months(moment: datetime, months: int) -> datetime:
    total = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(total, 12)
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _by_business_days(moment: datetime, amount: int, holidays: Set[date]) -> datetime:
    if abs(amount) > MAX_BUSINESS_DAYS:
        raise OverflowError
    step = timedelta(days=1 if amount >= 0 else -1)
    left = abs(amount)
    while left:
        moment += step
        left -= is_business_day(moment.date(), holidays)
    return moment


def is_business_day(day: date, holidays: Set[date]) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() <= _FRIDAY and day not in holidays


def between(first: datetime, second: datetime, unit: Unit, holidays: Set[date]) -> float:
    """How much later the second is; whole months, years and business days, else with fractions.

    Raises:
        UserError: too far apart to count business days.
    """
    if unit in ("years", "months"):
        months = _whole_months(first, second.astimezone(first.tzinfo))
        return int(months / 12) if unit == "years" else months
    if unit == "business_days":
        return _business_days(first.date(), second.astimezone(first.tzinfo).date(), holidays)
    seconds = (second - first).total_seconds()
    number = seconds / (_SECONDS.get(unit) or (604_800 if unit == "weeks" else 86_400))
    return int(number) if number.is_integer() else number


def _whole_months(first: datetime, second: datetime) -> int:
    if second < first:
        return -_whole_months(second, first)
    months = (second.year - first.year) * 12 + second.month - first.month
    return months if _by_months(first, months) <= second else months - 1


def _business_days(first: date, second: date, holidays: Set[date]) -> int:
    """Business days after the first, up to and with the second."""
    if second < first:
        return -_business_days(second, first, holidays)
    days = (second - first).days
    if days > 2 * MAX_BUSINESS_DAYS:
        message = "The dates are too far apart to count business days."
        raise UserError(message, field="value", code="date_out_of_range")
    found = (first + timedelta(days=passed) for passed in range(1, days + 1))
    return sum(is_business_day(day, holidays) for day in found)


_STARTS: Final[dict[str, Callable[[datetime], datetime]]] = {
    "year": lambda at: at.replace(month=1, day=1),
    "quarter": lambda at: at.replace(month=(at.month - 1) // 3 * 3 + 1, day=1),
    "month": lambda at: at.replace(day=1),
    "week": lambda at: at - timedelta(days=at.weekday()),
    "day": lambda at: at,
}


def start_of(moment: datetime, part: str) -> datetime:
    """When the year, quarter, month, week (Monday), day, hour or minute began."""
    if part in _STARTS:
        return _STARTS[part](moment).replace(hour=0, minute=0, second=0, microsecond=0)
    whole = moment.replace(second=0, microsecond=0)
    return whole.replace(minute=0) if part == "hour" else whole


def end_of(moment: datetime, part: str) -> datetime:
    """Its last millisecond."""
    start = start_of(moment, part)
    months = {"year": 12, "quarter": 3, "month": 1}.get(part)
    if months:
        following = _by_months(start, months)
    elif part in ("hour", "minute"):
        following = start + timedelta(minutes=60 if part == "hour" else 1)
    else:
        following = start + timedelta(days=7 if part == "week" else 1)
    return following - timedelta(milliseconds=1)
