"""Leases, fencing, take-over and the inbox: nothing is lost and nothing is written twice."""

from __future__ import annotations

import hashlib

import pytest

from headrace.executions import actions, queries
from headrace.executions.beginning import Beginning
from headrace.executions.errors import AlreadyEnded, WaitIsOver
from headrace.executions.models import Execution, LogSegment, WaitToken
from headrace.executions.runner.waiting.token import resume_token
from headrace.executions.sweeper import sweep
from headrace.workflows.actions import freeze
from tests.support.engine import begin, ended, queue_row, sql, until, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")

QUICK = document([MANUAL, node("end", "flow.no_op")], "start -> end")
CALL = document(
    [MANUAL, node("wait", "flow.wait", {"mode": "call"}), node("end", "flow.no_op")],
    "start -> wait",
    "wait -> end",
)


def pause(seconds):
    return document(
        [
            MANUAL,
            node("wait", "flow.wait", {"mode": "for", "duration_s": seconds}),
            node("end", "flow.no_op"),
        ],
        "start -> wait",
        "wait -> end",
    )


def test_an_execution_left_by_a_dead_worker_is_taken_over_and_ends(in_alpha, owner):
    """R-001: leased by a worker that has no lease."""
    execution = begin(owner, QUICK, {"a": 1})
    sql(
        "update run_queue set state = 'leased', token = token + 1, worker = gen_random_uuid() "
        "where execution_id = %s",
        execution,
    )

    freed = sweep()
    with working():
        status = ended(execution)

    assert (freed, status) == (1, "completed")


def test_a_live_worker_keeps_its_executions(in_alpha, owner):
    with working() as engine:
        execution = begin(owner, pause(3), {"a": 1})
        until(lambda: execution in engine.active, "the claim")
        freed = sweep()

    assert freed == 0


def test_a_worker_that_lost_its_lease_can_write_nothing(in_alpha, owner):
    """R-007: the token moved while the step ran."""
    execution = begin(owner, pause(1), {"a": 1})
    with working(poll_s=30, flush_every_s=30) as engine:
        until(lambda: execution in engine.active, "the claim")
        sql("update run_queue set token = token + 1 where execution_id = %s", execution)
        written = LogSegment.objects.filter(execution_id=execution).count()
        until(lambda: execution not in engine.active, "the engine lets go")

    assert LogSegment.objects.filter(execution_id=execution).count() == written
    assert queries.get(execution).status != "completed"


def test_what_a_living_worker_leases_and_nobody_drives_is_given_back(in_alpha, owner):
    """R-015: the answer to its claim was lost; no lease ever runs out, and no crash is counted."""
    with working() as engine:
        execution = begin(owner, pause(600))
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        until(lambda: execution not in engine.active, "the worker is free of it")
        sql(
            "update run_queue set state = 'leased', worker = %s where execution_id = %s",
            engine.id,
            execution,
        )
        until(lambda: queue_row(execution)["state"] == "waiting", "it is driven again")

    assert queue_row(execution)["crashes"] == 0


def test_a_long_wait_gives_the_worker_back_and_goes_on_when_it_is_due(in_alpha, owner):
    """M038: nothing is held but a row."""
    with working() as engine:
        execution = begin(owner, pause(600), {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        until(lambda: execution not in engine.active, "the worker is free of it")
        row = queue_row(execution)
        sql("update run_queue set due_at = now() where execution_id = %s", execution)
        until(lambda: queue_row(execution)["state"] != "ready", "a worker looks at it")

    assert (row["state"], row["worker"]) == ("waiting", None)
    assert queries.get(execution).status == "waiting", "its own time has not come"


def test_a_wait_that_is_over_goes_on_by_itself(in_alpha, owner):
    with working():
        execution = begin(owner, pause(6), {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        status = ended(execution)

    assert status == "completed"


def test_a_call_to_the_resume_address_lets_the_step_go_on_with_its_data(in_alpha, owner):
    with working():
        execution = begin(owner, CALL, {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        actions.resume(resume_token(execution, "wait", "0"), {"ok": True})
        ended(execution)

    items = queries.answer(execution)["items"]
    assert items[0]["json"] == {"a": 1, "resumed_with": {"ok": True}}


def test_a_resume_address_works_once(in_alpha, owner):
    """S-071."""
    with working():
        execution = begin(owner, CALL, {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        token = resume_token(execution, "wait", "0")
        actions.resume(token, None)

        with pytest.raises(WaitIsOver):
            actions.resume(token, None)


def test_only_the_hash_of_a_resume_token_is_stored(in_alpha, owner):

    with working():
        execution = begin(owner, CALL, {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")

    token = resume_token(execution, "wait", "0")
    stored = WaitToken.objects.get(execution_id=execution)
    assert bytes(stored.token_hash) == hashlib.sha256(token.encode()).digest()


def test_a_cancelled_execution_starts_no_step_and_ends_cancelled(in_alpha, owner):
    """P-8: cancelled before any worker saw it."""
    execution = begin(owner, QUICK, {"a": 1})
    actions.cancel(owner, execution)
    with working():
        status = ended(execution)

    steps = {step.node: step.status for step in queries.history(execution)}
    assert status == "cancelled"
    assert "end" not in steps


def test_a_waiting_execution_can_be_cancelled(in_alpha, owner):
    with working():
        execution = begin(owner, pause(600), {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        actions.cancel(owner, execution)
        status = ended(execution)

    assert status == "cancelled"
    assert queue_row(execution) is None


def test_an_ended_execution_cannot_be_cancelled(in_alpha, owner):
    with working():
        execution = begin(owner, QUICK, {"a": 1})
        ended(execution)

    with pytest.raises(AlreadyEnded):
        actions.cancel(owner, execution)


def test_a_repeated_delivery_finds_the_first_execution(in_alpha, owner):
    """S-067: same key, one execution."""

    version = freeze(owner, QUICK)

    def deliver():
        return actions.begin(
            Beginning(
                workflow_id=version.ref.workflow_id,
                workflow_name="x",
                version_id=version.ref.id,
                version_number=None,
                mode="webhook",
                trigger_node="start",
                trigger_type="triggers.manual",
                items=[],
                dedupe_key="delivery-1",
            )
        )

    first, second = deliver(), deliver()

    assert (first.is_new, second.is_new, second.id) == (True, False, first.id)
    assert Execution.objects.count() == 1


def test_an_execution_that_crashed_its_worker_and_no_step_is_to_blame_is_not_run_for_ever(
    in_alpha, owner
):
    """R-005."""
    execution = begin(owner, QUICK, {"a": 1})
    sql("update run_queue set crashes = 6 where execution_id = %s", execution)
    with working():
        status = ended(execution)

    assert status == "crashed"


def test_a_draining_worker_gives_unfinished_executions_back(in_alpha, owner):
    """R-043: not counted as a crash."""
    with working() as engine:
        execution = begin(owner, pause(4), {"a": 1})
        until(lambda: execution in engine.active, "the claim")

    row = queue_row(execution)
    assert (row["state"], row["crashes"], row["worker"]) in [
        ("ready", 0, None),
        ("waiting", 0, None),
    ]


def test_readers_of_the_log_are_not_told_a_resume_address(in_alpha, owner):
    """S-054: looking at a run must not be enough to let it go on."""
    with working():
        execution = begin(owner, CALL, {"a": 1})
        until(lambda: queries.get(execution).status == "waiting", "the wait")

    told = str([queries.as_fact(event) for event in queries.events(execution)])
    assert "workflow.step.waiting" in told
    assert resume_token(execution, "wait", "0") not in told
