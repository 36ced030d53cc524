"""Snapshots: a restart reads the log's tail only, and nothing depends on them (engine-rules 17)."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.actions import resume
from headrace.executions.models import Snapshot
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.waiting.token import resume_token
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, document, node, sets, when

pytestmark = pytest.mark.usefixtures("committed")

TURNS = 400
EVERY = 80

WAITING = document(
    [
        MANUAL,
        node("split", "data.split_out", {"field": "list"}),
        node("loop", "flow.for_each"),
        node("seldom", "flow.if", when("{{ $json.n % 80 }}", "equals", 79)),
        node("wait", "flow.wait", {"mode": "call"}),
        node("double", "data.edit_fields", sets("double", "{{ $json.n * 2 }}")),
        node("end", "flow.no_op"),
    ],
    "start -> split",
    "split -> loop",
    "loop.loop -> seldom",
    "seldom.true -> wait",
    "wait -> double",
    "seldom.false -> double",
    "double -> loop",
    "loop.done -> end",
)


def waits_in(execution, turn):
    def waits():
        if queries.get(execution).status != "waiting":
            return False
        steps = queries.history(execution)
        return any(s.run == str(turn) and s.status == "waiting" for s in steps if s.node == "wait")

    until(waits, f"waits in turn {turn}", 60)


def go_on(execution, turn):
    waits_in(execution, turn)
    resume(resume_token(execution, "wait", str(turn)), None)


def numbers():
    return {"list": [{"n": number} for number in range(TURNS)]}


def outcome(execution):
    page = queries.step_items(
        execution, "end", "0", side="output", port=None, offset=0, limit=TURNS
    )
    steps = [(s.node, s.run, s.run_index, s.status) for s in queries.history(execution)]
    return [item.json["double"] for item in page.items], steps


@pytest.fixture
def replayed(monkeypatch):
    """How many events were folded again."""
    found = []

    def replay(self, event):
        found.append(event.seq)
        original(self, event)

    original = Recorder.replay
    monkeypatch.setattr(Recorder, "replay", replay)
    return found


@pytest.fixture
def made(in_alpha, owner, replayed):
    """A run that waited in several turns, and its outcome."""
    with working():
        execution = begin(owner, WAITING, numbers())
        for turn in range(EVERY - 1, TURNS, EVERY):
            go_on(execution, turn)
        assert ended(execution) == "completed"
    return execution


def test_waits_in_a_long_loop_do_not_fold_the_log_from_its_start(made, replayed):
    waits = TURNS // EVERY
    assert outcome(made)[0] == [2 * number for number in range(TURNS)]
    assert queries.last_seq(made) > 2 * TURNS
    # Without snapshots it were about half of the log for each wait.
    assert len(replayed) < queries.last_seq(made) + 50 * waits


def test_an_ended_execution_has_no_snapshot(made):
    assert not Snapshot.objects.filter(execution_id=made).exists()


@pytest.mark.parametrize("harm", ["deleted", "unreadable", "newer"])
def test_without_its_snapshot_an_execution_goes_on_the_same(in_alpha, owner, made, harm):
    with working():
        execution = begin(owner, WAITING, numbers())
        for turn in range(EVERY - 1, TURNS, EVERY):
            waits_in(execution, turn)
            row = Snapshot.objects.filter(execution_id=execution)
            if harm == "deleted":
                row.delete()
            elif harm == "unreadable":
                row.update(body=b"j{}")
            else:
                row.update(format=99)
            go_on(execution, turn)
        assert ended(execution) == "completed"

    assert outcome(execution) == outcome(made)
