"""The worker's idea of the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from headrace.executions.lease.clock import DatabaseClock


@pytest.mark.parametrize("jump_s", [-86_400, -3_600, 3_600, 86_400])
def test_a_jump_of_the_machines_clock_does_not_move_the_time_of_a_worker(monkeypatch, jump_s):
    """R-031: leases, timers and retries go by the database's clock, carried by the monotonic one."""
    clock = DatabaseClock()
    clock.set(datetime(2026, 7, 1, 12, tzinfo=UTC))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump_s)

    passed = clock.now() - datetime(2026, 7, 1, 12, tzinfo=UTC)

    assert timedelta(0) <= passed < timedelta(seconds=30)
