"""Dates in JavaScript: luxon on the clock and in the zone of the run. Figures from Node and luxon."""

from __future__ import annotations

import pytest

ZONE = "Europe/Berlin"
CASES = {
    "$now.toISO()": "2026-01-01T13:00:0",
    "$today.toISO()": "2026-01-01T00:00:00.000+01:00",
    "DateTime.now().zoneName": "Europe/Berlin",
    "DateTime.fromISO('2026-03-28T12:00').plus({ days: 1 }).toISO()": "2026-03-29T12:00:00.000+02:00",
    "DateTime.fromISO('2026-03-29T01:59:59').plus({ seconds: 1 }).toISO()": "2026-03-29T03:00:00.000+02:00",
    "DateTime.fromISO('2026-07-01T12:00Z').setZone('America/New_York').toFormat('dd LLL yyyy HH:mm ZZ')": (
        "01 Jul 2026 08:00 -04:00"
    ),
    "DateTime.fromISO('2026-07-01T12:00Z').setZone('Asia/Kolkata').toFormat('cccc, h:mm a')": "Wednesday, 5:30 PM",
    "DateTime.fromFormat('24.12.2026', 'dd.MM.yyyy').toISODate()": "2026-12-24",
    "DateTime.fromISO('2026-01-31').plus({ months: 1 }).endOf('month').toISODate()": "2026-02-28",
    "DateTime.fromISO('2026-02-01').diff(DateTime.fromISO('2026-01-01'), 'days').days": 31,
    "$now.plus({ hours: 2 }).toRelative({ base: $now })": "in 2 hours",
    "$now.plus({ days: 1 }).toRelativeCalendar({ base: $now })": "tomorrow",
    "Duration.fromObject({ minutes: 90 }).toHuman()": "90 minutes",
    "DateTime.fromISO('2026-07-01T14:30').toLocaleString(DateTime.DATE_FULL)": "July 1, 2026",
    "DateTime.fromISO('2026-07-01T14:30').toLocaleString()": "7/1/2026",
    "DateTime.fromISO('2026-07-01').setZone('Nowhere/Atall').isValid": False,
    "Interval.fromDateTimes($today, $today.plus({ days: 7 })).length('days')": 7,
}


@pytest.mark.parametrize(("source", "value"), CASES.items(), ids=CASES.keys())
async def test_a_date_comes_to(run, source, value):
    (made,) = await run(f"return {{ value: {source} }};", timezone=ZONE)

    found = made.json["value"]
    assert (found[: len(value)] if isinstance(value, str) else found) == value


async def test_the_zone_of_one_run_is_not_that_of_the_next(run):
    await run("DateTime.now = null; return [];", timezone=ZONE)

    (made,) = await run("return { zone: $now.zoneName };")

    assert made.json == {"zone": "UTC"}


async def test_a_zone_may_be_a_fixed_offset(run):
    (made,) = await run("return { at: $now.toISO().slice(-6) };", timezone="UTC+5:30")

    assert made.json == {"at": "+05:30"}
