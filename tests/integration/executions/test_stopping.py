"""Cancels, drains and early ends: what ends, what may go on, and what is written down."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from headrace.executions import actions, queries
from headrace.executions.models import WaitToken
from headrace.executions.worker import engine as worker
from headrace.executions.worker.watchdog import Watchdog
from tests.support.engine import begin, ended, queue_row, until, working
from tests.support.stub import serving
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def calls(stub, path, node_id="call", **params):
    return node(node_id, "web.http_request", {"url": stub.url(path), **params})


def step_of(execution, wanted="call"):
    return next(step for step in queries.history(execution) if step.node == wanted)


HANGS = "/hangs?delay_s=20"


def test_a_step_that_awaits_ends_within_a_second_of_the_cancel(in_alpha, owner, stub):
    """With the poll that every worker has by default; no Redis is told anything."""
    with working(poll_s=1.0):
        execution = begin(owner, in_a_row([MANUAL, calls(stub, HANGS)]), {})
        until(lambda: stub.count(HANGS) == 1, "the call")
        asked = time.monotonic()
        actions.cancel(owner, execution)
        ended(execution)
        took_s = time.monotonic() - asked

    assert step_of(execution).status == "cancelled"
    assert took_s < 1.0


def test_a_write_under_way_may_end_after_a_cancel_and_nothing_follows_it(in_alpha, owner, stub):
    quick = "/quick?delay_s=0.8"
    flow = in_a_row([MANUAL, calls(stub, quick, method="POST"), node("end", "flow.no_op")])
    with working():
        execution = begin(owner, flow, {})
        until(lambda: stub.count(quick) == 1, "the call")
        actions.cancel(owner, execution)
        status = ended(execution)

    assert (status, step_of(execution).status) == ("cancelled", "completed")
    assert [step.node for step in queries.history(execution)] == ["start", "call"]


def test_of_a_write_that_does_not_end_in_time_nobody_knows_the_outcome(in_alpha, owner, stub):
    with working():
        execution = begin(owner, in_a_row([MANUAL, calls(stub, HANGS, method="POST")]), {})
        until(lambda: stub.count(HANGS) == 1, "the call")
        actions.cancel(owner, execution)
        status = ended(execution)

    assert (status, step_of(execution).status) == ("cancelled", "unknown")


def test_no_step_starts_once_a_cancel_was_accepted_though_its_worker_has_not_heard_of_it(
    in_alpha, owner, stub, monkeypatch
):
    """P-8: the append refuses the start of a step."""
    monkeypatch.setattr(worker, "NEWS_S", 60.0)
    flow = in_a_row([MANUAL, calls(stub, "/a?delay_s=0.5"), calls(stub, "/b", "b", method="POST")])
    execution = begin(owner, flow, {})
    with working(poll_s=60.0):
        until(lambda: stub.count("/a?delay_s=0.5") == 1, "the call")
        actions.cancel(owner, execution)
        status = ended(execution)

    started = [event.node for event in queries.events(execution) if event.type == STARTED]
    assert (status, stub.count("/b"), "b" in started) == ("cancelled", 0, False)


STARTED = "workflow.step.started"


def test_the_address_of_a_wait_is_closed_by_a_cancel(in_alpha, owner):
    wait = node("wait", "flow.wait", {"mode": "call"})
    with working():
        execution = begin(owner, in_a_row([MANUAL, wait]), {})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        actions.cancel(owner, execution)
        ended(execution)

    assert WaitToken.objects.get(execution_id=execution).state == "withdrawn"


def test_steps_are_stopped_together(in_alpha, owner, stub):
    nodes = [calls(stub, f"{HANGS}&n={n}", f"call_{n}", method="POST") for n in range(4)]
    flow = document([MANUAL, *nodes], *(f"start -> call_{n}" for n in range(4)))
    with working():
        execution = begin(owner, flow, {})
        until(lambda: sum(stub.calls.values()) == 4, "the calls")
        asked = time.monotonic()
        actions.cancel(owner, execution)
        ended(execution)

    assert time.monotonic() - asked < 4.0


def test_a_write_beside_a_failure_may_end_within_its_own_limit(in_alpha, owner, stub):
    """Engine-rules 8: a failure gives writes more time than a cancel does."""
    slow = "/slow?delay_s=2.6"
    flow = document(
        [MANUAL, calls(stub, slow, "slow", method="POST"), calls(stub, "/bad?status=400")],
        "start -> slow",
        "start -> call",
    )
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)

    assert (status, step_of(execution, "slow").status) == ("failed", "completed")


def test_a_draining_worker_lets_a_write_end_and_records_it_once(in_alpha, owner, stub):
    """R-043."""
    slow = "/slow?delay_s=1"
    flow = in_a_row([MANUAL, calls(stub, slow, method="POST"), node("end", "flow.no_op")])
    with working(drain_s=10):
        execution = begin(owner, flow, {})
        until(lambda: stub.count(slow) == 1, "the call")
    row = queue_row(execution)
    after_drain = step_of(execution).status
    with working():
        status = ended(execution)

    assert (row["state"], row["crashes"], after_drain) == ("ready", 0, "completed")
    assert (status, stub.count(slow)) == ("completed", 1)


def test_a_draining_worker_cuts_off_a_read_and_another_makes_it_again(in_alpha, owner, stub):
    slow = "/slow?delay_s=5"
    flow = in_a_row([MANUAL, calls(stub, slow), node("end", "flow.no_op")])
    with working(drain_s=1):
        execution = begin(owner, flow, {})
        until(lambda: stub.count(slow) == 1, "the call")
        drained = time.monotonic()
    took_s = time.monotonic() - drained
    row = queue_row(execution)
    with working():
        status = ended(execution)

    assert (row["state"], row["crashes"]) == ("ready", 0)
    assert took_s < 4.0
    assert (status, stub.count(slow), step_of(execution).attempt) == ("completed", 2, 1)


def test_a_draining_worker_gives_back_at_once_what_only_waits(in_alpha, owner):
    wait = node("wait", "flow.wait", {"mode": "for", "duration_s": 4})
    with working(drain_s=20) as engine:
        execution = begin(owner, in_a_row([MANUAL, wait]), {})
        until(lambda: queries.last_seq(execution) > 0, "the wait")
        until(lambda: execution in engine.active, "it is held")
        drained = time.monotonic()
    took_s = time.monotonic() - drained

    assert queue_row(execution)["state"] == "waiting"
    assert took_s < 3.0


def test_a_stop_as_success_ends_all_branches_with_what_arrived_there(in_alpha, owner, stub):
    flow = document(
        [
            MANUAL,
            calls(stub, HANGS),
            node("edit", "data.edit_fields", sets("found", True)),
            node("stop", "flow.stop", {"result": "success"}),
            node("late", "flow.no_op"),
        ],
        "start -> edit",
        "edit -> stop",
        "start -> call",
        "call -> late",
    )
    with working():
        execution = begin(owner, flow, {"a": 1})
        status = ended(execution)

    assert (status, step_of(execution).status) == ("completed", "cancelled")
    assert [item["json"] for item in queries.answer(execution)["items"]] == [
        {"a": 1, "found": True}
    ]


@pytest.mark.parametrize(
    ("limit", "code"), [("timeout_s", "time_limit"), ("deadline_s", "deadline")]
)
def test_an_execution_ends_when_its_limit_is_over(in_alpha, owner, stub, limit, code):
    flow = in_a_row([MANUAL, calls(stub, HANGS)])
    flow["settings"] = {"timezone": "UTC", limit: 1}
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)

    assert (status, queries.answer(execution)["error"]["code"]) == ("failed", code)


@pytest.mark.parametrize(
    ("limit", "expected"), [("timeout_s", "completed"), ("deadline_s", "failed")]
)
def test_waiting_counts_for_the_deadline_and_not_for_the_time_limit(
    in_alpha, owner, limit, expected
):
    """Engine-rules 22."""
    wait = node("wait", "flow.wait", {"mode": "for", "duration_s": 2})
    flow = in_a_row([MANUAL, wait, node("end", "flow.no_op")])
    flow["settings"] = {"timezone": "UTC", limit: 1}
    with working():
        execution = begin(owner, flow, {})
        status = ended(execution)

    assert status == expected


def test_a_loop_that_stands_still_is_reported_with_its_stack(caplog):
    """Engine-rules 29."""
    ticks = [time.monotonic()]
    watchdog = Watchdog(lambda: ticks[0], late_s=0.1)
    stood = threading.Event()

    async def hog():
        watchdog.start()
        while "stood still" not in caplog.text and not stood.is_set():
            time.sleep(0.01)

    timer = threading.Timer(10, stood.set)
    timer.start()
    asyncio.run(hog())
    timer.cancel()
    watchdog.stop()

    assert "in hog" in caplog.text
