"""The times that people and tools wish a schedule to have: the rule, or what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from headrace.tenants.clock import database_now
from headrace.triggers.errors import InvalidSchedule
from headrace.triggers.schedules import Rule, once, rule_of
from headrace_sdk.registrations import ScheduleRegistration

SHORTEST: Final = timedelta(minutes=1)
FARTHEST: Final = timedelta(days=3 * 366)
"""A single time can be planned so far ahead."""


@dataclass(frozen=True, slots=True)
class Times:
    """When: exactly one of them. `cron` follows the time zone, UTC if none is given."""

    cron: str = ""
    every: timedelta | None = None
    at: datetime | None = None
    timezone: str = ""


def rule_at(times: Times) -> Rule:
    """What fires at these times.

    Raises:
        InvalidSchedule: they are none, too many, or too close.
    """
    given = [bool(times.cron), times.every is not None, times.at is not None]
    if sum(given) != 1:
        message = "Say exactly one of cron, interval and time."
        raise InvalidSchedule(message)
    now = database_now()
    if times.at is not None:
        if not now < times.at < now + FARTHEST:
            message = f"A single time lies ahead, by {FARTHEST.days} days at most."
            raise InvalidSchedule(message)
        return once(times.at)
    if times.every is not None and times.every < SHORTEST:
        message = "The shortest interval is a minute."
        raise InvalidSchedule(message)
    if times.cron and len(times.cron.split()) != 5:
        message = f"{times.cron!r} is not a cron expression: minute hour day month weekday."
        raise InvalidSchedule(message)
    registration = ScheduleRegistration(
        cron=(times.cron,) if times.cron else (),
        interval_s=times.every.total_seconds() if times.every else None,
        timezone=times.timezone,
    )
    return rule_of(registration, {})
