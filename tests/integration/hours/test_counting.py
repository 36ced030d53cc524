"""Hours that are over are counted once and kept; the open hour is counted with each question."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from headrace.hours import counting
from headrace.hours.counting import HOUR, HourlyCounts
from headrace.hours.models import ClosedHour
from headrace.tenants.context import tenant

START = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
NOON = START.replace(minute=0)
FLOW, OTHER = UUID(int=1), UUID(int=2)
GOOD = ("completed", 40)


class Ended:
    """What ended and when, and which times were asked for."""

    def __init__(self) -> None:
        self.at: list[tuple[datetime, UUID]] = []
        self.asked: list[tuple[datetime, datetime]] = []

    def read(self, begin, end):
        """Give each thing by itself, as if no two ended in the same hour."""
        self.asked.append((begin, end))
        within = [(at, key) for at, key in self.at if begin <= at < end]
        counts = Counter((at.replace(minute=0), key) for at, key in within)
        return [(hour, key, GOOD, count) for (hour, key), count in counts.items()]


@pytest.fixture
def ended():
    """Two things that ended yesterday, one this hour, and one of somebody else."""
    found = Ended()
    found.at = [(START - 20 * HOUR, FLOW)] * 2 + [(START, FLOW), (START - 3 * HOUR, OTHER)]
    return found


@pytest.fixture
def clock(monkeypatch):
    """What the database says the time is; a list with one moment."""
    now = [START]
    monkeypatch.setattr(counting, "database_now", lambda: now[0])
    return now


def test_another_process_reads_what_the_first_has_counted(in_alpha, clock, ended):
    HourlyCounts("runs", ended.read).of([FLOW])
    ended.asked.clear()

    found = HourlyCounts("runs", ended.read).of([FLOW])

    assert found.counts == {FLOW: {GOOD: 3}}
    assert ended.asked == [(NOON, START + HOUR)]


def test_an_hour_that_is_over_is_counted_with_those_since_the_last_time(in_alpha, clock, ended):
    hours = HourlyCounts("runs", ended.read)
    hours.close()
    clock[0] += 3 * HOUR
    ended.asked.clear()

    hours.close()
    hours.close()

    assert ended.asked == [(NOON, NOON + 3 * HOUR)]
    assert hours.of([FLOW]).counts == {FLOW: {GOOD: 3}}


def test_the_newest_hours_are_counted_first_and_who_asks_counts_the_rest(in_alpha, clock, ended):
    hours = HourlyCounts("runs", ended.read)
    first = NOON - timedelta(days=counting.DAYS)

    left = [hours.close(2 * HOUR), hours.close(3 * HOUR)]
    found = hours.of([FLOW])

    assert left == [True, True]
    assert [begin for begin, _ in ended.asked] == [NOON - 2 * HOUR, NOON - 5 * HOUR, first, NOON]
    assert (found.counts, found.is_counting) == ({FLOW: {GOOD: 3}}, False)


def test_who_asks_is_not_kept_waiting_for_what_takes_long(in_alpha, clock, ended):
    """They are told what is counted by now, and that it is not all."""
    hours = HourlyCounts("runs", ended.read)
    hours.close(HOUR)
    asked = []

    def slow(begin, end):
        asked.append(begin)
        if end <= NOON:
            with connection.cursor() as cursor:
                cursor.execute("select pg_sleep(60)")
        return ended.read(begin, end)

    waiting = HourlyCounts("runs", slow)
    found = [waiting.of([FLOW]) for _ in range(2)]
    hours.close()
    after = waiting.of([FLOW])

    assert [(one.counts, one.is_counting) for one in found] == [({FLOW: {GOOD: 1}}, True)] * 2
    assert (after.counts, after.is_counting) == ({FLOW: {GOOD: 3}}, False)
    assert asked == [NOON - timedelta(days=counting.DAYS), NOON, NOON, NOON]


def test_what_commits_soon_after_its_hour_is_counted_in_it(in_alpha, clock, ended):
    hours = HourlyCounts("runs", ended.read)
    clock[0] = NOON + HOUR + timedelta(minutes=1)
    hours.of([FLOW])
    ended.at.append((NOON + timedelta(minutes=59), FLOW))
    clock[0] += timedelta(minutes=10)

    assert hours.of([FLOW]).counts[FLOW][GOOD] == 4


def test_what_ends_again_after_its_hour_was_closed_counts_for_each_end(in_alpha, clock, ended):
    hours = HourlyCounts("runs", ended.read)
    hours.close()
    ended.at.remove((START - 20 * HOUR, FLOW))
    ended.at.append((START, FLOW))

    assert hours.of([FLOW]).counts[FLOW][GOOD] == 4


def test_hours_leave_with_the_window_and_their_rows_are_deleted(in_alpha, clock, ended):
    hours = HourlyCounts("runs", ended.read)
    hours.close()
    clock[0] += timedelta(days=counting.DAYS)

    assert hours.of([FLOW, OTHER]).counts == {FLOW: {GOOD: 1}, OTHER: {}}
    assert not ClosedHour.objects.filter(hour__lt=NOON).exists()


def test_kinds_and_tenants_are_counted_apart(alpha, beta, clock, ended):
    with tenant(alpha):
        HourlyCounts("runs", ended.read).close()
        assert HourlyCounts("cost", lambda *_: []).of([FLOW]).counts == {FLOW: {}}
    with tenant(beta):
        assert HourlyCounts("runs", lambda *_: []).of([FLOW]).counts == {FLOW: {}}
