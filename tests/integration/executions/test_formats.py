"""What a newer release wrote is left to newer workers, and what came too late is shown."""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.db import connection

from headrace.executions import log, queries
from headrace.executions.actions import resume
from headrace.executions.late_results import late_results
from headrace.executions.models import LogSegment
from headrace.executions.runner.waiting.token import resume_token
from headrace.tenants.context import public
from nodes.flow.no_op import NoOp
from tests.support.engine import begin, ended, queue_row, sql, until, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")

CALL = document(
    [MANUAL, node("wait", "flow.wait", {"mode": "call"}), node("end", "flow.no_op")],
    "start -> wait",
    "wait -> end",
)
QUICK = document([MANUAL, node("end", "flow.no_op")], "start -> end")


@pytest.fixture
def waiting(in_alpha, owner):
    """An execution that waits for a call, with nobody at work."""
    with working():
        execution = begin(owner, CALL, {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
    return execution


def min_reader(execution):
    with public(), connection.cursor() as cursor:
        cursor.execute("select min_reader from run_queue where execution_id = %s", [execution])
        return cursor.fetchone()[0]


def newer_format(execution):
    LogSegment.objects.filter(execution_id=execution).update(format=log.FORMAT + 1)


def newer_event(execution):
    rewrite(
        execution, lambda event: event.type == "workflow.step.waiting", type="workflow.step.new"
    )


def newer_rules(execution):
    first = queries.events(execution, limit=1)[0]
    rewrite(execution, lambda event: event.seq == 1, data={**first.data, "rules": 99})


def rewrite(execution, which, **changes):
    for segment in LogSegment.objects.filter(execution_id=execution):
        events = log.decode_segment(segment.body, segment.first_seq)
        for event in filter(which, events):
            for name, value in changes.items():
                object.__setattr__(event, name, value)
        LogSegment.objects.filter(execution_id=execution, first_seq=segment.first_seq).update(
            body=log.encode_segment(events)
        )


@pytest.mark.parametrize("newer", [newer_format, newer_event, newer_rules])
def test_a_log_of_a_newer_release_is_left_to_newer_workers(waiting, newer):
    """Engine-rules 20: it neither fails nor is it tried again and again."""
    stored = {row.first_seq: (bytes(row.body), row.format) for row in segments(waiting)}
    newer(waiting)
    resume(resume_token(waiting, "wait", "0"), None)

    with working():
        until(lambda: min_reader(waiting) > log.FORMAT, "it is left alone")
        row = queue_row(waiting)
        for first_seq, (body, format_) in stored.items():
            segments(waiting).filter(first_seq=first_seq).update(body=body, format=format_)
        sql("update run_queue set min_reader = 1 where execution_id = %s", waiting)
        status = ended(waiting)

    assert (row["state"], row["crashes"], status) == ("ready", 0, "completed")


def segments(execution):
    return LogSegment.objects.filter(execution_id=execution)


def test_an_execution_says_which_format_one_must_read(waiting):
    assert min_reader(waiting) == log.FORMAT


def test_a_result_after_the_fence_changes_nothing_but_is_shown(in_alpha, owner, monkeypatch):
    """Engine-rules 16: somebody took the execution over while the step was under way."""
    is_lost = threading.Event()

    async def run(self, ctx, params, inputs):
        while not is_lost.is_set():
            await asyncio.sleep(0.01)
        return await original(self, ctx, params, inputs)

    original = NoOp.run
    monkeypatch.setattr(NoOp, "run", run)
    execution = begin(owner, QUICK, {"a": 1})
    with working(poll_s=30, flush_every_s=30) as engine:
        until(lambda: execution in engine.active, "the claim")
        sql("update run_queue set token = token + 1 where execution_id = %s", execution)
        is_lost.set()
        until(lambda: execution not in engine.active, "the engine lets go")

    late = late_results(execution, queries.history(execution))
    assert not segments(execution).exists()
    assert ("end", "completed") in [(one.event.node, one.status) for one in late]
