"""Date & Time."""

from __future__ import annotations

import pytest

from headrace_sdk import UserError
from headrace_sdk.testing import run_node
from nodes.data.date_time import DateTime


def date(value="", **params):
    result = run_node(DateTime, {"value": value, "timezone": "UTC", **params})
    return result.json()[0]["date"]


@pytest.mark.parametrize(
    ("value", "pattern", "expected"),
    [
        ("2026-01-31", "", "2026-01-31T00:00:00.000+00:00"),
        ("2026-01-31T08:00:00+02:00", "", "2026-01-31T06:00:00.000+00:00"),
        ("1767225600", "", "2026-01-01T00:00:00.000+00:00"),
        ("1767225600000", "", "2026-01-01T00:00:00.000+00:00"),
        ("31.01.26 7:05 PM", "dd.MM.yy h:mm a", "2026-01-31T19:05:00.000+00:00"),
        ("12:00 AM", "hh:mm a", "1970-01-01T00:00:00.000+00:00"),
        ("Sat 31 january 2026 +0130", "EEE d MMMM yyyy Z", "2026-01-30T22:30:00.000+00:00"),
        ("on 1/2/2026", "'on' M/d/yyyy", "2026-01-02T00:00:00.000+00:00"),
    ],
)
def test_dates_are_read(value, pattern, expected):
    assert date(value, pattern=pattern) == expected


@pytest.mark.parametrize(
    ("value", "pattern"),
    [
        ("soon", ""),
        ("", ""),
        ("2026-02-30", ""),
        ("5", ""),
        ("31.13.2026", "dd.MM.yyyy"),
        ("x" * 5_000, ""),
    ],
)
def test_what_is_no_date_is_an_error(value, pattern):
    with pytest.raises(UserError) as caught:
        date(value, pattern=pattern)

    assert (caught.value.code, caught.value.item) == ("invalid_date", 0)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("yyyy-MM-dd'T'HH:mm:ss.SSSZZ", "2026-03-01T08:05:09.000+01:00"),
        ("EEEE, d MMM yy 'o''clock' h a", "Sunday, 1 Mar 26 oclock 8 AM"),
        ("X x o W WW", "1772348709 1772348709000 60 9 09"),
    ],
)
def test_dates_are_written_in_the_zone(output, expected):
    assert date("2026-03-01T07:05:09Z", output=output, timezone="Europe/Berlin") == expected


@pytest.mark.parametrize(
    ("value", "amount", "unit", "expected"),
    [
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2026-03-31", -1, "months", "2026-02-28"),
        ("2026-01-01", -2, "weeks", "2025-12-18"),
        ("2026-01-02", 1, "business_days", "2026-01-05"),
        ("2026-01-05", -1, "business_days", "2026-01-02"),
        ("2026-01-03", 0, "business_days", "2026-01-03"),
    ],
)
def test_dates_are_moved(value, amount, unit, expected):
    moved = date(value, operation="add", amount=amount, unit=unit, output="yyyy-MM-dd")

    assert moved == expected


@pytest.mark.parametrize(("unit", "amount", "hour"), [("days", 1, "12"), ("hours", 24, "13")])
def test_a_day_keeps_the_time_on_the_wall_and_hours_are_exact(unit, amount, hour):
    moved = date(
        "2026-03-28T12:00:00",
        operation="add",
        amount=amount,
        unit=unit,
        output="HH",
        timezone="Europe/Berlin",
    )

    assert moved == hour


@pytest.mark.parametrize(
    ("value", "other", "unit", "expected"),
    [
        ("2026-01-31", "2026-02-28", "months", 1),
        ("2026-01-31", "2026-02-27", "months", 0),
        ("2026-03-01", "2025-03-02", "years", 0),
        ("2026-01-01", "2026-01-02T12:00:00", "days", 1.5),
        ("2026-01-02", "2026-01-01", "hours", -24),
        ("2026-01-02", "2026-01-12", "business_days", 6),
    ],
)
def test_time_between_dates(value, other, unit, expected):
    assert date(value, operation="difference", other=other, unit=unit) == expected


@pytest.mark.parametrize(
    ("operation", "part", "expected"),
    [
        ("start", "week", "2026-05-11T00:00:00.000+00:00"),
        ("start", "quarter", "2026-04-01T00:00:00.000+00:00"),
        ("start", "hour", "2026-05-13T14:00:00.000+00:00"),
        ("end", "week", "2026-05-17T23:59:59.999+00:00"),
        ("end", "year", "2026-12-31T23:59:59.999+00:00"),
        ("end", "minute", "2026-05-13T14:15:59.999+00:00"),
    ],
)
def test_periods(operation, part, expected):
    assert date("2026-05-13T14:15:16Z", operation=operation, part=part) == expected


def test_a_date_is_taken_apart():
    parts = date("2026-12-25T10:00:00Z", operation="parts", holidays=["2026-12-25"])

    assert parts == {
        "year": 2026, "quarter": 4, "month": 12, "week": 52, "day": 25, "weekday": "Friday",
        "day_of_year": 359, "hour": 10, "minute": 0, "second": 0, "offset": "+00:00",
        "timestamp_ms": 1_798_192_800_000, "is_business_day": False,
    }  # fmt: skip


def test_now_is_when_the_run_began():
    assert date(operation="now") == "2026-01-01T12:00:00.000+00:00"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"timezone": "Mars/Crater"}, "unknown_timezone"),
        ({"timezone": "../etc/passwd"}, "unknown_timezone"),
        ({"operation": "add", "amount": 9_999_999, "unit": "years"}, "date_out_of_range"),
        ({"operation": "add", "amount": 90_000, "unit": "business_days"}, "date_out_of_range"),
    ],
)
def test_errors_say_what_is_wrong(params, code):
    with pytest.raises(UserError) as caught:
        date("2026-01-01", **params)

    assert caught.value.code == code
