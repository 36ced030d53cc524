"""Executions that take their worker with them: found, blamed on a step, and kept from others."""

from __future__ import annotations

import pytest

from headrace.executions import log, queries
from headrace.executions.beginning import decode_start
from headrace.executions.models import LogSegment
from headrace.executions.sweeper import sweep
from tests.support.engine import begin, ended, queue_row, sql, until, working
from tests.support.queue import ask, enqueue, take
from tests.support.workflows import MANUAL, document, node, sets

pytestmark = pytest.mark.usefixtures("committed")

SLOW = document(
    [
        MANUAL,
        node("first", "data.edit_fields", sets("a", 1)),
        node("slow", "flow.wait", {"mode": "for", "duration_s": 1}),
        node("end", "flow.no_op"),
    ],
    "start -> first",
    "first -> slow",
    "slow -> end",
)


def crash(execution, *, crashes):
    """As if workers had died with this execution so often."""
    sql("update run_queue set crashes = %s where execution_id = %s", crashes, execution)


def lose_worker(execution):
    """The worker that holds it is gone."""
    sql(
        "update run_queue set state = 'leased', token = token + 1, worker = gen_random_uuid() "
        "where execution_id = %s",
        execution,
    )
    sweep()


def test_the_second_loss_of_a_worker_in_a_row_makes_an_execution_wait_its_turn(in_alpha, owner):
    """R-005: after the first it goes on among the others."""
    execution = begin(owner, SLOW)

    lose_worker(execution)
    first = queue_row(execution)["lane"]
    lose_worker(execution)
    second = queue_row(execution)["lane"]

    assert (first, second) == ("default", "careful")


def test_an_execution_comes_back_from_the_careful_lane_when_a_step_has_ended(in_alpha, owner):
    execution = begin(owner, SLOW)
    crash(execution, crashes=2)
    sql("update run_queue set lane = 'careful' where execution_id = %s", execution)

    with working():
        until(lambda: queue_row(execution)["crashes"] == 0, "progress")
        lane = queue_row(execution)["lane"]
        status = ended(execution)

    assert (lane, status) == ("default", "completed")


def test_the_start_of_each_step_is_durable_before_it_runs_when_a_worker_was_lost(in_alpha, owner):
    execution = begin(owner, SLOW)
    crash(execution, crashes=1)

    with working(flush_every_s=30):
        ended(execution)

    types = [(event.node, event.type) for event in queries.events(execution)]
    assert ("first", "workflow.step.started") in types


@pytest.mark.parametrize(("is_progress", "crashes"), [(False, 2), (True, 0)])
def test_only_the_end_of_a_step_is_progress(alpha, is_progress, crashes):
    """A start alone is none: else a step that kills its worker would be run for ever."""
    enqueue(alpha, 1, lane="careful", crashes=2)
    (held,) = take(1)

    ask(
        "select headrace_append('t_alpha', %s, %s, 0, true, 1, 1::smallint, ''::bytea, '{}', '{}',"
        " '{}', '{}', '{}', '{}', '{}', null, null, null, null, '', 0, %s)",
        held.execution_id,
        held.token,
        is_progress,
    )

    assert ask("select crashes from run_queue") == [(crashes,)]


@pytest.mark.parametrize(
    ("settings", "status"), [({}, "failed"), ({"on_error": "continue"}, "completed")]
)
def test_a_step_that_was_open_at_the_third_crash_fails_by_its_own_rules(
    in_alpha, owner, settings, status
):
    """R-005: the step is blamed, not the whole execution, and never run again."""
    flow = document(
        [
            MANUAL,
            node("poison", "data.edit_fields", sets("a", 1), settings=settings),
            node("end", "flow.no_op"),
        ],
        "start -> poison",
        "poison -> end",
    )
    execution = begin(owner, flow)
    _start_without_end(execution, "poison")
    crash(execution, crashes=3)
    with working():
        found = ended(execution)

    errors = {
        event.node: event.data["error"]["code"]
        for event in queries.events(execution)
        if event.type == "workflow.step.failed"
    }
    assert (found, errors) == (status, {"poison": "crashed"})


def _start_without_end(execution, name):
    """What the log holds when the worker died in a step."""
    ((start,),) = ask("select start from run_queue where execution_id = %s", execution)
    begun = decode_start(start)
    events = [
        log.Event(
            "workflow.started",
            1,
            data={
                "trigger": begun.trigger_node,
                "number": 1,
                "mode": begun.mode,
                "version": str(begun.version_id),
                "rules": 1,
                "format": 1,
                "answer_to": None,
                "pins": [],
                "outputs": {"main": {"items": 1}},
            },
        ),
        log.Event(
            "workflow.step.completed",
            1,
            begun.trigger_node,
            "0",
            0,
            1,
            {"inputs": [], "outputs": {"main": {"items": 1, "bytes": 2}}},
            {"main": (log.Page(1, log.encode_block(begun.items)),)},
        ),
        log.Event(
            "workflow.step.started",
            1,
            name,
            "0",
            0,
            1,
            {
                "inputs": [{"port": "main", "from": [begun.trigger_node, "0", "main"], "items": 1}],
                "started_at": "2026-01-01T00:00:00+00:00",
                "wake": 0,
            },
        ),
    ]
    LogSegment.objects.create(
        execution_id=execution,
        first_seq=1,
        last_seq=len(events),
        format=log.FORMAT,
        body=log.encode_segment(events),
    )
    sql("update run_queue set last_seq = %s where execution_id = %s", len(events), execution)
