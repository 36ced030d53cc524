"""When a schedule fires: cron by `cronsim`, right across daylight-saving changes (R-032, R-033)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import dropwhile
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from headrace.tenants.clock import database_now
from headrace.triggers.errors import InvalidSchedule
from headrace_sdk.registrations import ScheduleRegistration

MOST_MISSED: Final = 100
"""At most so many missed times are made up for, the latest ones, however long nobody looked."""

ON_TIME: Final = timedelta(minutes=1)
"""What is late by less has not been missed."""

_FIRST_MONDAY: Final = datetime(1970, 1, 5, tzinfo=UTC).toordinal()
_FIRST_SPAN: Final = timedelta(minutes=2)
_GROWTH: Final = 8

Rule = Mapping[str, Any]


def rule_of(registration: ScheduleRegistration, workflow_settings: Mapping[str, Any]) -> Rule:
    """The registration as it is stored.

    Raises:
        InvalidSchedule: a cron expression is malformed or never fires, or the zone is unknown.
    """
    zone = registration.timezone or workflow_settings.get("timezone") or "UTC"
    rule = {
        "cron": list(registration.cron),
        "every_weeks": registration.every_weeks,
        "interval_s": registration.interval_s,
        "timezone": zone,
        "misfire": registration.misfire,
        "overlap": registration.overlap,
        "jitter_s": registration.jitter_s,
    }
    next_after(rule, datetime(2026, 1, 1, tzinfo=UTC))
    return rule


def once(at: datetime) -> Rule:
    """The rule of a single time."""
    return {
        "cron": [],
        "every_weeks": 1,
        "interval_s": None,
        "timezone": "UTC",
        "misfire": "once",
        "overlap": "allow",
        "jitter_s": 0,
        "at": at.astimezone(UTC).isoformat(),
    }


def next_after(rule: Rule, moment: datetime) -> datetime:
    """The first time strictly after `moment`, in UTC.

    Raises:
        InvalidSchedule: see `rule_of`.
    """
    every_weeks = int(rule.get("every_weeks") or 1)
    times = [_next_cron(text, rule["timezone"], moment, every_weeks) for text in rule["cron"]]
    if rule["interval_s"]:
        times.append(_next_interval(float(rule["interval_s"]), moment))
    if not times:
        message = "The schedule has neither a cron expression nor an interval."
        raise InvalidSchedule(message)
    return min(times)


def _next_cron(text: str, timezone: str, moment: datetime, every_weeks: int) -> datetime:
    try:
        local = moment.astimezone(ZoneInfo(timezone))
        times = dropwhile(lambda one: _week(one) % every_weeks, CronSim(text, local))
        return next(times).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"There is no time zone {timezone!r}. Use a name such as Europe/Berlin."
        raise InvalidSchedule(message) from error
    except CronSimError as error:
        message = f"{text!r} is not a cron expression: minute hour day month weekday."
        raise InvalidSchedule(message) from error
    except StopIteration as error:
        message = f"{text!r} never comes: no such day exists."
        raise InvalidSchedule(message) from error


def _week(local: datetime) -> int:
    """Weeks since the first Monday of 1970."""
    return (local.toordinal() - _FIRST_MONDAY) // 7


def _next_interval(interval_s: float, moment: datetime) -> datetime:
    """Intervals are counted from the epoch, so that restarts do not shift them."""
    elapsed = moment.timestamp()
    return datetime.fromtimestamp((elapsed // interval_s + 1) * interval_s, UTC)


def delay(rule: Rule, schedule: UUID, planned: datetime) -> timedelta:
    """How long one planned time is put off: up to `jitter_s`, the same for every scheduler."""
    digest = hashlib.sha256(schedule.bytes + planned.isoformat().encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return timedelta(seconds=share * float(rule["jitter_s"]))


def missed(rule: Rule, next_at: datetime, now: datetime) -> tuple[list[datetime], datetime | None]:
    """The times to fire now, oldest first, and the next one to wait for, if there is one.

    A time that is late by less than `ON_TIME` is on time. Older ones follow `misfire`: `skip`
    drops them, `once` fires the latest, `all` fires each, up to `MOST_MISSED`.
    """
    if rule.get("at"):
        return [next_at], None
    due = _due(rule, next_at, now)
    following = next_after(rule, max(due[-1], now))
    if rule["misfire"] == "all":
        return due, following
    if rule["misfire"] == "skip" and now - due[-1] >= ON_TIME:
        return [], following
    return due[-1:], following


def _due(rule: Rule, next_at: datetime, now: datetime) -> list[datetime]:
    """The latest times from `next_at` to `now`, found from the end: nobody counts the years."""
    span = _FIRST_SPAN
    while True:
        start = now - span
        is_all = start <= next_at
        times = [next_at] if is_all else []
        last = next_at if is_all else start
        while (last := next_after(rule, last)) <= now:
            times.append(last)
        if is_all or len(times) >= MOST_MISSED:
            return times[-MOST_MISSED:]
        span *= _GROWTH


def first_time(rule: Rule) -> datetime | None:
    """The first time from now on, by the database's clock; `None` if it was a single one."""
    now = database_now()
    if rule.get("at"):
        at = datetime.fromisoformat(rule["at"])
        return at if at > now else None
    return next_after(rule, now)
