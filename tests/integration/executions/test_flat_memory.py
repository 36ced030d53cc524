"""What a worker has in memory does not grow with the turns of a loop, nor with what it has done."""

from __future__ import annotations

import gc
import sys
from functools import partial

import pytest

from headrace.executions.actions import run_version
from headrace.executions.blocks import ledger
from headrace.executions.blocks.shelf import Shelf
from headrace.executions.runner.recorder import Recorder
from headrace.executions.worker.watchdog import Watchdog
from headrace.workflows.actions import freeze
from headrace_sdk.items import Item
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")

EARLY, LATE = 1_250, 5_250
"""Turns at which is looked: as far behind a page of the list, and of the results, both times."""

FEW, MANY = 50, 250
"""Executions after which is looked."""


def objects():
    """How many objects there are that can refer to others."""
    gc.collect()
    return len(gc.get_objects())


def in_use():
    """How many blocks of memory Python has given out and not got back: at least one an object."""
    gc.collect()
    return sys.getallocatedblocks()


@pytest.fixture
def at_turns(monkeypatch):
    """What is in use at some turns, as soon as nothing waits to be stored."""
    found, wanted, turns = [], [EARLY, LATE], 0

    def completed(self, command, *arguments):
        nonlocal turns
        original(self, command, *arguments)
        turns += command.node == "body"
        is_stored = self.journal.seq - self.journal.stored_seq < 5
        if wanted and turns >= wanted[0] and is_stored:
            wanted.pop(0)
            found.append(in_use())

    original = Recorder.completed
    monkeypatch.setattr(Recorder, "completed", completed)
    # Counting takes long enough to be reported, with lines of sources that then stay in memory.
    monkeypatch.setattr(Watchdog, "start", lambda self: None)
    monkeypatch.setattr(Watchdog, "stop", lambda self: None)
    # Else the most that may be at hand is reached only after many more turns.
    monkeypatch.setattr(ledger, "Shelf", partial(Shelf, 600_000))
    return found


def flow():
    """A list goes round, one item a turn."""
    return document(
        [
            MANUAL,
            node("split", "data.split_out", {"field": "list"}),
            node("loop", "flow.for_each", {"batch_size": 1}),
            node("body", "data.edit_fields", sets("double", "{{ $json.n * 2 }}")),
        ],
        "start -> split",
        "split -> loop",
        "loop.loop -> body",
        "body -> loop",
    )


def items(count):
    return {"list": [{"n": number} for number in range(count)]}


def test_a_loop_uses_no_more_memory_after_five_times_as_many_turns(in_alpha, owner, at_turns):
    # So often stored that it is once more before the last turn.
    with working(flush_every_s=0.03):
        assert ended(begin(owner, flow(), items(LATE + 500)), within_s=50) == "completed"

    early, late = at_turns
    # A turn that stays is ten blocks at least. How full the page at hand is, is a matter of moments.
    assert late - early < 3 * (LATE - EARLY)


def test_a_worker_keeps_nothing_of_executions_that_have_ended(in_alpha, owner):
    version = freeze(owner, flow())
    given = [Item(items(1))]

    def run(count):
        begun = [run_version(owner, version.ref, mode="manual", items=given) for _ in range(count)]
        assert {ended(one.id) for one in begun} == {"completed"}
        until(lambda: not engine.active, "the worker is idle")

    with working() as engine:
        run(FEW)
        few = objects()
        run(MANY - FEW)
        many = objects()

    # Timers that were cut off, and the like, come and go; what one execution needs are hundreds.
    assert many - few < 3 * (MANY - FEW)
