"""Runs whose logs are kept for ever in fixtures/logs.

`HEADRACE_RECORD_LOGS=1 python -m pytest` on this file writes those that are missing there, for the
log format of this release. A file that exists is never written again.
"""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from headrace.executions import actions, control, log, queries
from headrace.executions.models import LogSegment, Payload
from headrace.executions.runner.waiting.token import resume_token
from headrace.executions.sweeper import sweep
from headrace_sdk.errors import UpstreamError
from headrace_sdk.items import Item
from nodes.flow.no_op import NoOp
from tests.support.engine import begin, ended, queue_row, sql, until, working
from tests.support.recorded_logs import FOLDER, RecordedLog
from tests.support.workflows import MANUAL, document, node, sets, when

pytestmark = pytest.mark.usefixtures("committed")


def keep(name, execution, flow):
    """The log of a run that has ended; its folds must agree with what the run says of itself."""
    recorded = RecordedLog(
        flow,
        flow["nodes"][0]["id"],
        [
            (one.first_seq, bytes(one.body), one.format)
            for one in LogSegment.objects.filter(execution_id=execution).order_by("first_seq")
        ],
        {one.pk: log.unpack(one.body) for one in Payload.objects.filter(execution_id=execution)},
    )
    outcome = recorded.outcome()
    path = FOLDER / f"{log.FORMAT}-{name}.json"
    if os.environ.get("HEADRACE_RECORD_LOGS") and not path.exists():
        recorded.write(path)
    assert outcome["status"] == queries.get(execution).status
    return {node_: status for node_, _, _, status, _ in outcome["steps"]}


def test_branch_and_join(in_alpha, owner):
    flow = document(
        [
            node("hook", "triggers.webhook", {"path": "orders", "method": ["POST"]}),
            node("big", "flow.if", when("{{ $json.body.total }}", "gt", 10)),
            node("yes", "data.edit_fields", sets("big", True)),
            node("no", "data.edit_fields", sets("big", False)),
            node("join", "flow.merge", {"mode": "append"}),
        ],
        "hook -> big",
        "big.true -> yes",
        "big.false -> no",
        "yes -> join.1",
        "no -> join.2",
    )
    with working():
        execution = begin(owner, flow, {"body": {"total": 3}}, {"body": {"total": 42}})
        ended(execution)

    assert keep("branch-and-join", execution, flow)["join"] == "completed"


def test_early_join(in_alpha, owner):
    """A branch that was cut off, and items that came too late for another join."""
    flow = document(
        [
            MANUAL,
            node("quick", "flow.wait", {"duration_s": 0.1}),
            node("slow", "flow.wait", {"duration_s": 0.4}),
            node("slower", "flow.wait", {"duration_s": 3600}),
            node("behind", "flow.no_op"),
            node("late", "flow.merge", {"inputs": ["1", "2"], "wait_for": "first"}),
            node("cut", "flow.merge", {"wait_for": "first", "cancel_rest": True}),
        ],
        "start -> quick",
        "start -> slow",
        "start -> slower",
        "quick -> late.1",
        "slow -> late.2",
        "quick -> cut.1",
        "slower -> behind",
        "behind -> cut.2",
    )
    with working():
        execution = begin(owner, flow, {"a": 1})
        ended(execution)

    steps = keep("early-join", execution, flow)
    assert (steps["cut"], steps["late"], steps["behind"]) == ("completed", "completed", "skipped")


def test_loop(in_alpha, owner):
    flow = document(
        [
            MANUAL,
            node("split", "data.split_out", {"field": "list"}),
            node("loop", "flow.for_each", {"on_error": "collect", "concurrency": 2}),
            node("odd", "flow.if", when("{{ $json.n % 2 }}", "equals", 1)),
            node("bad", "flow.stop", {"message": "Odd.", "code": "odd"}),
            node("double", "data.edit_fields", sets("double", "{{ $json.n * 2 }}")),
            node("errors", "flow.no_op"),
            node("end", "flow.no_op"),
        ],
        "start -> split",
        "split -> loop",
        "loop.loop -> odd",
        "odd.true -> bad",
        "odd.false -> double",
        "double -> loop",
        "loop.error -> errors",
        "loop.done -> end",
    )
    with working():
        execution = begin(owner, flow, {"list": [{"n": number} for number in range(5)]})
        ended(execution)

    assert keep("loop", execution, flow)["errors"] == "completed"


CALL = document(
    [MANUAL, node("wait", "flow.wait", {"mode": "call"}), node("end", "flow.no_op")],
    "start -> wait",
    "wait -> end",
)


def begin_waiting(owner):
    execution = begin(owner, CALL, {"a": 1})
    until(lambda: queries.get(execution).status == "waiting", "the wait")
    return execution


def test_wait(in_alpha, owner):
    with working():
        execution = begin_waiting(owner)
        actions.resume(resume_token(execution, "wait", "0"), {"yes": True})
        ended(execution)

    assert keep("wait", execution, CALL)["wait"] == "completed"


def test_cancel(in_alpha, owner):
    with working():
        execution = begin_waiting(owner)
        actions.cancel(owner, execution)
        ended(execution)

    assert keep("cancel", execution, CALL)["wait"] == "cancelled"


RETRY = {"retry": {"max_attempts": 3, "initial_s": 0.05, "factor": 1, "max_s": 1, "jitter": False}}


def test_retry(in_alpha, owner, monkeypatch):
    async def run(self, ctx, params, inputs):
        if ctx.attempt < 3:
            message = "Not now."
            raise UpstreamError(message, retryable=True)
        return await original(self, ctx, params, inputs)

    original = NoOp.run
    monkeypatch.setattr(NoOp, "run", run)
    flow = document([MANUAL, node("end", "flow.no_op", settings=RETRY)], "start -> end")
    with working():
        execution = begin(owner, flow, {"a": 1})
        ended(execution)

    assert keep("retry", execution, flow)["end"] == "completed"


def test_take_over(in_alpha, owner, monkeypatch):
    """The worker died while a step was under way that others can see."""
    is_dead = threading.Event()

    async def run(self, ctx, params, inputs):
        while not is_dead.is_set():
            await asyncio.sleep(0.01)
        return await original(self, ctx, params, inputs)

    original = NoOp.run
    monkeypatch.setattr(NoOp, "run", run)
    monkeypatch.setattr(NoOp, "place", "async")
    flow = document([MANUAL, node("end", "flow.no_op")], "start -> end")
    with working(flush_every_s=0.05) as engine:
        execution = begin(owner, flow, {"a": 1})
        until(lambda: LogSegment.objects.filter(execution_id=execution).exists(), "the start")
        sql("update run_queue set worker = gen_random_uuid() where execution_id = %s", execution)
        sweep()
        is_dead.set()
        until(lambda: execution not in engine.active or not queue_row(execution), "it lets go")
        ended(execution)

    assert keep("take-over", execution, flow)["end"] == "completed"


def test_unknown(in_alpha, owner, monkeypatch):
    """A write that was cut off, and a person who says that it happened."""
    is_dead = threading.Event()

    async def run(self, ctx, params, inputs):
        while not is_dead.is_set():
            await asyncio.sleep(0.01)
        return await original(self, ctx, params, inputs)

    original = NoOp.run
    monkeypatch.setattr(NoOp, "run", run)
    monkeypatch.setattr(NoOp, "place", "async")
    monkeypatch.setattr(NoOp, "effect", "write")
    flow = document(
        [MANUAL, node("write", "flow.no_op"), node("end", "data.edit_fields", sets("done", True))],
        "start -> write",
        "write -> end",
        settings={"on_crash": "stop_and_ask"},
    )
    with working() as engine:
        execution = begin(owner, flow, {"a": 1})
        until(lambda: LogSegment.objects.filter(execution_id=execution).exists(), "the start")
        sql("update run_queue set worker = gen_random_uuid() where execution_id = %s", execution)
        sweep()
        is_dead.set()
        until(lambda: execution not in engine.active or not queue_row(execution), "it lets go")
        until(lambda: queries.get(execution).waiting_for == "decision", "the question")
        control.decide(owner, execution, ("write", "0"), "happened", [Item({"id": 7})])
        ended(execution)

    assert keep("unknown", execution, flow)["end"] == "completed"


def test_undo(in_alpha, owner):
    """A saga whose last step fails."""
    flow = document(
        [
            MANUAL,
            node("book", "data.edit_fields", sets("booked", True)),
            node("saga", "flow.compensate"),
            node("undo", "data.edit_fields", sets("booked", False)),
            node("fail", "flow.stop", {"message": "Sold out."}),
        ],
        "start -> book",
        "book -> saga",
        "saga.undo -> undo",
        "saga -> fail",
    )
    with working():
        execution = begin(owner, flow, {"a": 1})
        ended(execution)

    assert keep("undo", execution, flow)["undo"] == "completed"
