"""Dates: expected values were worked out by hand from luxon's documented behaviour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headrace.expressions import ExpressionError

# `$now` is 2026-03-01T08:30:15.123Z, a Sunday, shown in Oslo (+01:00; +02:00 from 29 March).
OSLO = [
    ("$now.toISO()", "2026-03-01T09:30:15.123+01:00"),
    ("$now.toString()", "2026-03-01T09:30:15.123+01:00"),
    ("$now.toISODate()", "2026-03-01"),
    ("$now.toISOTime()", "09:30:15.123+01:00"),
    ("$today.toISO()", "2026-03-01T00:00:00.000+01:00"),
    ("$now.toUTC().toISO()", "2026-03-01T08:30:15.123Z"),
    ("$now.setZone('utc').toISO()", "2026-03-01T08:30:15.123Z"),
    ("$now.setZone('UTC+5:30').toISO()", "2026-03-01T14:00:15.123+05:30"),
    ("$now.setZone('UTC-3').toISO()", "2026-03-01T05:30:15.123-03:00"),
    ("$now.setZone('America/New_York').toISO()", "2026-03-01T03:30:15.123-05:00"),
    ("$now.setZone('Europe/London').toISO()", "2026-03-01T08:30:15.123+00:00"),
    ("$now.toMillis()", 1772353815123),
    ("$now.valueOf()", 1772353815123),
    ("+$now", 1772353815123),
    ("$now.toSeconds()", 1772353815.123),
    ("$now.toUnixInteger()", 1772353815),
    ("[$now.year, $now.month, $now.day]", [2026, 3, 1]),
    ("[$now.hour, $now.minute, $now.second, $now.millisecond]", [9, 30, 15, 123]),
    ("[$now.weekday, $now.weekNumber, $now.weekYear]", [7, 9, 2026]),
    ("[$now.quarter, $now.ordinal, $now.offset]", [1, 60, 60]),
    ("$now.zoneName", "Europe/Oslo"),
    ("$now.toUTC().zoneName", "UTC"),
    ("$now.setZone('UTC+5:30').zoneName", "UTC+5:30"),
    ("$now.plus({days: 1}).toISODate()", "2026-03-02"),
    ("$now.plus({day: 1, Hours: 2}).toISO()", "2026-03-02T11:30:15.123+01:00"),
    ("$now.plus(1000).toISOTime()", "09:30:16.123+01:00"),
    ("$now.minus({months: 1}).toISODate()", "2026-02-01"),
    ("$now.minus({weeks: 1, days: 1}).toISODate()", "2026-02-21"),
    ("$now.plus({days: 1.5}).toISO()", "2026-03-02T21:30:15.123+01:00"),
    ("$now.plus({quarters: 1}).toISODate()", "2026-06-01"),
    ("$now.plus({years: -1}).toISODate()", "2025-03-01"),
    ("$now.set({month: 1, day: 31}).plus({months: 1}).toISODate()", "2026-02-28"),
    ("$now.set({month: 12, day: 31}).plus({months: 14}).toISODate()", "2028-02-29"),
    ("$now.set({month: 3, day: 31}).set({month: 2}).toISODate()", "2026-02-28"),
    ("$now.set({hour: 25}).toISO()", "2026-03-02T01:30:15.123+01:00"),
    ("$now.set({hour: 9, minute: 0}).toFormat('HH:mm')", "09:00"),
    # Over the change to summer time: days keep the clock on the wall, hours the time that passes.
    ("$now.set({day: 28}).plus({days: 1}).toISO()", "2026-03-29T09:30:15.123+02:00"),
    ("$now.set({day: 28}).plus({hours: 24}).toISO()", "2026-03-29T10:30:15.123+02:00"),
    ("$now.set({day: 29, hour: 2}).toISO()", "2026-03-29T03:30:15.123+02:00"),
    ("$now.set({month: 10, day: 25, hour: 2}).toISO()", "2026-10-25T02:30:15.123+01:00"),
    ("$now.set({month: 10, day: 24, hour: 2}).plus({days: 1}).toISO()", "2026-10-25T02:30:15.123+02:00"),
    ("$now.startOf('year').toISO()", "2026-01-01T00:00:00.000+01:00"),
    ("$now.startOf('quarter').toISODate()", "2026-01-01"),
    ("$now.startOf('month').toISODate()", "2026-03-01"),
    ("$now.startOf('week').toISODate()", "2026-02-23"),
    ("$now.startOf('day').toISOTime()", "00:00:00.000+01:00"),
    ("$now.startOf('hours').toISOTime()", "09:00:00.000+01:00"),
    ("$now.startOf('minute').toISOTime()", "09:30:00.000+01:00"),
    ("$now.startOf('second').toISOTime()", "09:30:15.000+01:00"),
    ("$now.endOf('year').toISO()", "2026-12-31T23:59:59.999+01:00"),
    ("$now.endOf('month').toISO()", "2026-03-31T23:59:59.999+02:00"),
    ("$now.endOf('week').toISO()", "2026-03-01T23:59:59.999+01:00"),
    ("$now.endOf('day').toISO()", "2026-03-01T23:59:59.999+01:00"),
    ("$now.toFormat('yyyy-MM-dd HH:mm:ss.SSS')", "2026-03-01 09:30:15.123"),
    ("$now.toFormat('d.M.yy, h:mm a')", "1.3.26, 9:30 AM"),
    ("$now.set({hour: 15}).toFormat('hh a H')", "03 PM 15"),
    ("$now.set({hour: 0}).toFormat('h a')", "12 AM"),
    ("$now.toFormat('EEE EEEE EEEEE c ccc')", "Sun Sunday S 7 Sun"),
    ("$now.toFormat('MMM MMMM LLL LL L')", "Mar March Mar 03 3"),
    ("$now.toFormat(\"'day' o 'of' yyyy, 'week' W\")", "day 60 of 2026, week 9"),
    ("$now.toFormat('ooo q kkkk WW')", "060 1 2026 09"),
    ("$now.toFormat('Z ZZ ZZZ z')", "+1 +01:00 +0100 Europe/Oslo"),
    ("$now.toFormat('X x S u s')", "1772353815 1772353815123 123 123 15"),
    ("$now.toFormat('')", ""),
    ("$now.diff($today, 'hours').hours > 9.5", True),
    ("$now.diff($now.minus({days: 3}), 'days').days", 3),
    ("$now.minus({days: 3}).diff($now, 'days').days", -3),
    ("$now.diff($now.minus(250)).milliseconds", 250),
    ("$now.plus({months: 2}).diff($now, 'months').months", 2),
    ("$now.plus({days: 10}).diff($now, 'weeks').weeks", 10 / 7),
    ("$today.plus({days: 15}).diff($today, 'month').months", 15 * 24 / 743),
    ("$now > $today", True),
    ("$now < $now.plus(1)", True),
    ("$now === $now", False),
    ("+$now === +$now", True),
    ("$now - $now.minus({seconds: 2})", 2000),
    ("typeof $now", "object"),
    ("$now.isValid", True),
    ("`${$now}`", "2026-03-01T09:30:15.123+01:00"),
    ("'' + $now", "1772353815123"),
    ("String($now)", "2026-03-01T09:30:15.123+01:00"),
    ("JSON.stringify({at: $now})", '{"at":"2026-03-01T09:30:15.123+01:00"}'),
    ("[$now].join()", "2026-03-01T09:30:15.123+01:00"),
    ("DateTime.now().toISO() === $now.toISO()", True),
    ("DateTime.fromISO('2026-07-01T12:00:00Z').toISO()", "2026-07-01T14:00:00.000+02:00"),
    ("DateTime.fromISO('2026-07-01T12:00:00').toISO()", "2026-07-01T12:00:00.000+02:00"),
    ("DateTime.fromISO('2026-07-01').toISO()", "2026-07-01T00:00:00.000+02:00"),
    ("DateTime.fromISO('2026-07').toISODate()", "2026-07-01"),
    ("DateTime.fromISO('2026').toISODate()", "2026-01-01"),
    ("DateTime.fromISO('2026-07-01T12:00:00.1239+05:00').toUTC().toISO()", "2026-07-01T07:00:00.123Z"),
    ("DateTime.fromISO('2026-07-01', {zone: 'America/New_York'}).toISO()", "2026-07-01T00:00:00.000-04:00"),
    ("DateTime.fromMillis(0).toISO()", "1970-01-01T01:00:00.000+01:00"),
    ("DateTime.fromMillis(-1).toUTC().toISO()", "1969-12-31T23:59:59.999Z"),
    ("DateTime.fromSeconds(1.5, {zone: 'utc'}).toISO()", "1970-01-01T00:00:01.500Z"),
    ("['2026-07-01', '2025-01-01'].map(DateTime.fromISO).map(d => d.year)", [2026, 2025]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "value"), OSLO)
def test_a_moment_is_computed_and_written_as_luxon_does(source, value, evaluate):
    assert evaluate(source) == value


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("$now.setZone('Nowhere/Else')", "unknown_time_zone"),
        ("$now.setZone('../../etc/passwd')", "unknown_time_zone"),
        ("$now.setZone('/etc/passwd')", "unknown_time_zone"),
        ("$now.setZone('Europe')", "unknown_time_zone"),
        ("$now.setZone('a\\0b')", "unknown_time_zone"),
        ("$now.setZone('x'.repeat(9999))", "unknown_time_zone"),
        ("$now.setZone('UTC+99')", "unknown_time_zone"),
        ("$now.setZone('')", "unknown_time_zone"),
        ("$now.plus({fortnights: 1})", "unknown_unit"),
        ("$now.startOf('decade')", "unknown_unit"),
        ("$now.set({weeks: 1})", "unknown_unit"),
        ("$now.plus({days: NaN})", "type_error"),
        ("$now.plus({days: 'x'})", "type_error"),
        ("$now.plus({days: Infinity})", "type_error"),
        ("$now.plus('1 day')", "type_error"),
        ("$now.diff(5)", "type_error"),
        ("$now.plus({years: 9000})", "date_out_of_range"),
        ("$now.plus({years: -9000})", "date_out_of_range"),
        ("$now.plus({months: 1e15})", "date_out_of_range"),
        ("$now.plus({days: 1e15})", "date_out_of_range"),
        ("$now.plus({hours: 1e300})", "date_out_of_range"),
        ("$now.set({year: 99999})", "date_out_of_range"),
        ("DateTime.fromMillis(NaN)", "date_out_of_range"),
        ("DateTime.fromMillis(1e300)", "date_out_of_range"),
        ("DateTime.fromISO('tomorrow')", "invalid_date"),
        ("DateTime.fromISO('2026-13-01')", "invalid_date"),
        ("DateTime.fromISO(undefined)", "invalid_date"),
        ("DateTime.fromISO('0001-01-01T00:00:00+14:00')", "invalid_date"),
        ("$now.toFormat('YYYY-MM-DD')", "unknown_format_token"),
        ("$now.toFormat('hello')", "unknown_format_token"),
    ],
)
def test_a_wrong_date_says_so(source, code, evaluate):
    with pytest.raises(ExpressionError) as caught:
        evaluate(source)

    assert caught.value.code == code


def test_now_is_the_moment_that_the_run_was_given(evaluate):
    given = datetime(2020, 2, 29, 12, 0, 0, 999_999, tzinfo=UTC)

    shown = evaluate("$now.toISO()", now=given, timezone="UTC")

    assert shown == "2020-02-29T12:00:00.999Z"
