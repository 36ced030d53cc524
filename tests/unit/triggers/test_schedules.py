"""When schedules fire: daylight-saving changes, missed times, impossible rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from headrace.triggers.errors import InvalidSchedule
from headrace.triggers.schedules import missed, next_after

NEW_YORK = "America/New_York"


def rule(*cron, interval_s=None, timezone="UTC", misfire="once"):
    return {
        "cron": list(cron),
        "interval_s": interval_s,
        "timezone": timezone,
        "misfire": misfire,
        "overlap": "allow",
        "jitter_s": 0,
    }


def times(given, start, count):
    found = []
    moment = start
    for _ in range(count):
        moment = next_after(given, moment)
        found.append(moment)
    return found


def local(moments, zone):
    return [moment.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M %z") for moment in moments]


def test_a_time_that_the_spring_change_leaves_out_fires_once_right_after():
    """R-032."""
    start = datetime(2026, 3, 7, 12, tzinfo=ZoneInfo(NEW_YORK))

    found = times(rule("30 2 * * *", timezone=NEW_YORK), start, 2)

    assert local(found, NEW_YORK) == ["03-08 03:00 -0400", "03-09 02:30 -0400"]


def test_a_time_that_the_autumn_change_repeats_fires_once():
    """R-033."""
    start = datetime(2026, 10, 31, 12, tzinfo=ZoneInfo(NEW_YORK))

    found = times(rule("30 1 * * *", timezone=NEW_YORK), start, 2)

    assert local(found, NEW_YORK) == ["11-01 01:30 -0400", "11-02 01:30 -0500"]


def test_every_half_hour_fires_in_both_of_the_repeated_hours():
    """R-033."""
    start = datetime(2026, 11, 1, 0, 45, tzinfo=ZoneInfo(NEW_YORK))

    found = times(rule("*/30 * * * *", timezone=NEW_YORK), start, 5)

    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(minutes=30)}


@pytest.mark.parametrize("zone", sorted(available_timezones())[::7])
def test_a_daily_time_fires_once_a_day_for_two_years_in_every_zone(zone):
    """R-032, R-033: never twice on one local day, and never a day left out by more than a change."""
    found = times(rule("30 2 * * *", timezone=zone), datetime(2025, 1, 1, tzinfo=UTC), 730)

    gaps = {later - earlier for earlier, later in pairwise(found)}
    assert min(gaps) > timedelta(hours=20)
    assert max(gaps) < timedelta(hours=49)


def test_intervals_keep_their_beat_whenever_they_are_asked():
    found = times(rule(interval_s=90), datetime(2026, 1, 1, 0, 0, 10, tzinfo=UTC), 3)

    assert [moment.strftime("%H:%M:%S") for moment in found] == ["00:01:30", "00:03:00", "00:04:30"]


@pytest.mark.parametrize(
    "given",
    [
        rule("0 0 30 2 *"),
        rule("never"),
        rule("61 * * * *"),
        rule(""),
        rule(),
        rule("* * * * *", timezone="Mars/Olympus"),
        rule("* * * * *", timezone="../../etc/passwd"),
    ],
)
def test_a_rule_that_cannot_fire_is_refused(given):
    """R-034."""
    with pytest.raises(InvalidSchedule):
        next_after(given, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("misfire", "fired"), [("skip", 0), ("once", 1), ("all", 4)])
def test_what_was_missed_follows_the_misfire_rule(misfire, fired):
    """R-035: three hours and a half without a scheduler."""
    planned = datetime(2026, 1, 1, 9, tzinfo=UTC)
    now = planned + timedelta(hours=3, minutes=30)

    due, following = missed(rule("0 * * * *", misfire=misfire), planned, now)

    assert len(due) == fired
    assert following == datetime(2026, 1, 1, 13, tzinfo=UTC)


def test_a_time_that_is_only_seconds_late_is_on_time():
    planned = datetime(2026, 1, 1, 9, tzinfo=UTC)

    due, _ = missed(rule("0 * * * *", misfire="skip"), planned, planned + timedelta(seconds=5))

    assert due == [planned]


def test_a_schedule_that_slept_for_years_makes_up_for_a_bounded_number_of_times():
    planned = datetime(2020, 1, 1, tzinfo=UTC)
    now = datetime(2026, 1, 1, tzinfo=UTC)

    due, following = missed(rule("* * * * *", misfire="all"), planned, now)

    assert len(due) <= 100
    assert following > now
