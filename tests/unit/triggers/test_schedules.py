"""When schedules fire: daylight-saving changes, missed times, impossible rules."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import pytest

from headrace.triggers.errors import InvalidSchedule
from headrace.triggers.schedules import delay, missed, next_after

NEW_YORK = "America/New_York"


def rule(*cron, interval_s=None, timezone="UTC", misfire="once", every_weeks=1, jitter_s=0):
    return {
        "every_weeks": every_weeks,
        "cron": list(cron),
        "interval_s": interval_s,
        "timezone": timezone,
        "misfire": misfire,
        "overlap": "allow",
        "jitter_s": jitter_s,
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

    assert len(due) == 100
    assert due[-1] == now
    assert following == now + timedelta(minutes=1)


def test_of_many_missed_times_once_means_the_latest():
    planned = datetime(2026, 1, 1, tzinfo=UTC)
    now = datetime(2026, 1, 31, 0, 0, 30, tzinfo=UTC)

    due, _ = missed(rule("* * * * *", misfire="once"), planned, now)

    assert due == [datetime(2026, 1, 31, tzinfo=UTC)]


@pytest.mark.parametrize("given", [rule("* * * * * *"), rule("0 0 1 1 *"), rule(interval_s=1)])
def test_whoever_slept_for_years_does_not_count_them(given):
    """R-034, R-035: every second for six years are 190 million times."""
    planned = next_after(given, datetime(2020, 1, 1, tzinfo=UTC))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    began = time.perf_counter()

    missed({**given, "misfire": "all"}, planned, now)

    assert time.perf_counter() - began < 1


def test_every_second_week_keeps_its_rhythm_over_years():
    found = times(
        rule("0 9 * * 1,3", timezone=NEW_YORK, every_weeks=2),
        datetime(2025, 12, 20, tzinfo=UTC),
        60,
    )

    mondays = [one for one in found if one.astimezone(ZoneInfo(NEW_YORK)).weekday() == 0]
    wednesdays = [one for one in found if one not in mondays]
    days = {(later.date() - earlier.date()).days for earlier, later in pairwise(mondays)}
    assert days == {14}
    assert [(w.date() - m.date()).days for m, w in zip(mondays, wednesdays, strict=True)] == (
        [2] * len(mondays)
    )


def test_a_planned_time_is_put_off_by_the_same_part_of_the_jitter_whoever_asks():
    planned = datetime(2026, 1, 1, 9, tzinfo=UTC)
    given = rule("0 9 * * *", jitter_s=600)
    schedule = UUID(int=7)

    found = {delay(given, schedule, planned) for _ in range(5)}

    assert len(found) == 1
    assert timedelta(0) <= found.pop() <= timedelta(minutes=10)


def test_jitter_spreads_schedules_and_days():
    given = rule("0 9 * * *", jitter_s=600)
    planned = datetime(2026, 1, 1, 9, tzinfo=UTC)

    over_schedules = {delay(given, UUID(int=n), planned) for n in range(50)}
    over_days = {delay(given, UUID(int=1), planned + timedelta(days=n)) for n in range(50)}

    assert len(over_schedules) > 45
    assert len(over_days) > 45
