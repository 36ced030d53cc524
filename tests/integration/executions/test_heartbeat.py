"""A worker's lease lives as long as its event loop turns, no longer."""

from __future__ import annotations

import threading
import time
from uuid import uuid4

import pytest

from headrace.executions.lease.beat import LOOP_SILENT_S, Beat
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.worker.engine import Engine
from tests.support.engine import database_url, until
from tests.support.queue import ask

pytestmark = pytest.mark.usefixtures("committed")


def lease_of(worker):
    return ask("select lease_until from run_worker where id = %s", worker)


@pytest.fixture
def beating():
    """A heartbeat of a loop that turned so many seconds ago."""
    started = []

    def start(silent_s):
        worker = uuid4()
        settings = WorkerSettings(database_url=database_url(), beat_s=0.05, lease_s=30)
        beat = Beat(worker, settings, lambda: time.monotonic() - silent_s)
        beat.start()
        started.append(beat)
        return worker

    yield start
    for beat in started:
        beat.stop()


def test_the_lease_of_a_loop_that_turns_is_renewed(beating):
    worker = beating(0)
    first = lease_of(worker)

    until(lambda: lease_of(worker) > first, "a renewal")


def test_the_lease_of_a_loop_that_hangs_is_not_renewed_though_the_heart_beats(beating):
    """R-008: others get its executions, whatever the thread beside it does."""
    worker = beating(LOOP_SILENT_S + 1)
    first = lease_of(worker)

    threading.Event().wait(0.5)  # ten beats

    assert lease_of(worker) == first


def test_a_worker_that_is_told_to_stop_before_it_began_ends_well():
    engine = Engine(WorkerSettings(database_url=database_url()))
    engine.stop()

    engine.run()

    assert engine.active == {}
