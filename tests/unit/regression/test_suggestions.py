"""Which values look like a clock, so that a test should not depend on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from headrace.executions.recording import Recording
from headrace.regression.suggestions import suggested
from headrace.regression.types import Sample, SampleStep
from headrace_sdk.items import Item

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1.5)


def sample(json, *, given=None, mock=None):
    steps = [SampleStep("edit", "Edit", "0", {"main": [Item(json)]})]
    if mock is not None:
        steps.append(SampleStep("get", "Get", "0", {"main": [Item(mock)]}, is_mock=True))
    recording = Recording(uuid4(), (), {("edit", "0"): NOW})
    return Sample(uuid4(), 1, "completed", "start", [Item(given or {})], steps, recording)


@pytest.mark.parametrize(
    "value",
    [SOON.isoformat(), "2026-11-21T10:30:01+01:00", SOON.timestamp(), int(SOON.timestamp() * 1000)],
)
def test_a_time_near_to_the_run_is_suggested(value):
    assert suggested(sample({"a": {"at": value}})) == [{"node": "edit", "path": "a.at"}]


def test_places_in_lists_are_suggested_for_every_element():
    rows = [{"at": SOON.isoformat()}, {"at": SOON.isoformat()}]

    assert suggested(sample({"rows": rows})) == [{"node": "edit", "path": "rows.*.at"}]


@pytest.mark.parametrize(
    "value",
    ["2026-11-20T09:30:00+00:00", "2026-11-21", 42, True, None, "soon", 1e300, "9" * 30],
)
def test_other_values_are_not(value):
    assert suggested(sample({"at": value})) == []


def test_the_runs_own_time_is_the_same_again():
    assert suggested(sample({"at": NOW.isoformat()})) == []


def test_what_was_given_is_the_same_again():
    at = SOON.isoformat()

    assert suggested(sample({"at": at}, given={"x": at})) == []
    assert suggested(sample({"at": at}, mock={"y": [at]})) == []
