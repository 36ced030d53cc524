"""When a schedule fires: cron by `cronsim`, right across daylight-saving changes (R-032, R-033)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from headrace.tenants.clock import database_now
from headrace.triggers.errors import InvalidSchedule
from headrace_sdk.registrations import ScheduleRegistration

MOST_MISSED: Final = 100
"""At most so many missed times are made up for, however long nobody looked."""

Rule = Mapping[str, Any]


def rule_of(registration: ScheduleRegistration, workflow_settings: Mapping[str, Any]) -> Rule:
    """The registration as it is stored.

    Raises:
        InvalidSchedule: a cron expression is malformed or never fires, or the zone is unknown.
    """
    zone = registration.timezone or workflow_settings.get("timezone") or "UTC"
    rule = {
        "cron": list(registration.cron),
        "interval_s": registration.interval_s,
        "timezone": zone,
        "misfire": registration.misfire,
        "overlap": registration.overlap,
        "jitter_s": registration.jitter_s,
    }
    next_after(rule, datetime(2026, 1, 1, tzinfo=UTC))
    return rule


def next_after(rule: Rule, moment: datetime) -> datetime:
    """The first time strictly after `moment`, in UTC.

    Raises:
        InvalidSchedule: see `rule_of`.
    """
    times = [_next_cron(text, rule["timezone"], moment) for text in rule["cron"]]
    if rule["interval_s"]:
        times.append(_next_interval(float(rule["interval_s"]), moment))
    if not times:
        message = "The schedule has neither a cron expression nor an interval."
        raise InvalidSchedule(message)
    return min(times)


def _next_cron(text: str, timezone: str, moment: datetime) -> datetime:
    try:
        local = moment.astimezone(ZoneInfo(timezone))
        return next(CronSim(text, local)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"There is no time zone {timezone!r}. Use a name such as Europe/Berlin."
        raise InvalidSchedule(message) from error
    except CronSimError as error:
        message = f"{text!r} is not a cron expression: minute hour day month weekday."
        raise InvalidSchedule(message) from error
    except StopIteration as error:
        message = f"{text!r} never comes: no such day exists."
        raise InvalidSchedule(message) from error


def _next_interval(interval_s: float, moment: datetime) -> datetime:
    """Intervals are counted from the epoch, so that restarts do not shift them."""
    elapsed = moment.timestamp()
    return datetime.fromtimestamp((elapsed // interval_s + 1) * interval_s, UTC)


def missed(rule: Rule, next_at: datetime, now: datetime) -> tuple[list[datetime], datetime]:
    """The times to fire now, oldest first, and the next one to wait for.

    A time that is late by less than a minute is on time. Older ones follow `misfire`: `skip`
    drops them, `once` fires the latest, `all` fires each, up to `MOST_MISSED`.
    """
    due = [next_at]
    while (following := next_after(rule, due[-1])) <= now:
        due.append(following)
        if len(due) > MOST_MISSED:
            due = due[-1:]
            following = next_after(rule, now)
            break
    on_time = now - due[-1] < timedelta(minutes=1)
    if rule["misfire"] == "all":
        return due, following
    if rule["misfire"] == "skip" and not on_time:
        return [], following
    return due[-1:], following


def first_time(rule: Rule) -> datetime:
    """The first time from now on, by the database's clock."""
    return next_after(rule, database_now())
