"""Two things at once, or a database that says no: one outcome, and nothing half done."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from headrace.executions import actions, queries
from headrace.executions.errors import AlreadyEnded, WaitIsOver
from headrace.executions.runner.waiting.token import resume_token
from headrace.tenants.context import tenant
from headrace.workflows import actions as workflows
from tests.support.engine import begin, ended, queue_row, until, working
from tests.support.queue import ask
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

ROUNDS = 50
CHAIN = in_a_row([MANUAL, *(node(f"n{n}", "data.edit_fields", sets("n", n)) for n in range(5))])
ENDS = {"workflow.completed", "workflow.failed", "workflow.cancelled"}


def ends_of(execution):
    return [event.type for event in queries.events(execution) if event.type in ENDS]


def test_a_cancel_that_meets_the_end_leaves_one_end_and_no_later_step(in_alpha, owner):
    """R-040, P-8: cancelled, or completed before; never both, and the log stops there."""
    chance = random.Random(40)
    outcomes = set()
    with working():
        for _ in range(ROUNDS):
            execution = begin(owner, CHAIN)
            time.sleep(chance.uniform(0, 0.03))
            try:
                actions.cancel(owner, execution)
            except AlreadyEnded:
                outcomes.add("too late")
            status = ended(execution)
            outcomes.add(status)

            assert ends_of(execution) == [f"workflow.{status}"]
            assert queries.events(execution)[-1].type == f"workflow.{status}"

    assert {"cancelled", "completed"} <= outcomes


def test_a_call_that_meets_the_end_of_its_wait_has_one_winner(in_alpha, owner):
    """R-041: the loser is told that it is over."""
    flow = document(
        [
            MANUAL,
            node("wait", "flow.wait", {"mode": "call", "timeout_s": 0.4}),
            node("called", "flow.no_op"),
            node("late", "flow.no_op"),
        ],
        "start -> wait",
        "wait -> called",
        "wait.timeout -> late",
    )
    with working():
        for number in range(10):
            execution = begin(owner, flow)
            time.sleep(0.3 + 0.02 * number)
            try:
                actions.resume(resume_token(execution, "wait", "0"), None)
                winner = "called"
            except WaitIsOver:
                winner = "late"
            ended(execution)

            ran = {step.node for step in queries.history(execution)}
            assert ran & {"called", "late"} == {winner}


def test_of_many_calls_of_one_address_one_wins(in_alpha, owner):
    """R-041, S-071."""
    flow = document([MANUAL, node("wait", "flow.wait", {"mode": "call"})], "start -> wait")
    with working():
        execution = begin(owner, flow)
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        token = resume_token(execution, "wait", "0")

        def call(_number):
            try:
                with tenant(in_alpha):
                    actions.resume(token, None)
            except WaitIsOver:
                return "too late"
            finally:
                connections.close_all()
            return "won"

        with ThreadPoolExecutor(8) as pool:
            told = sorted(pool.map(call, range(8)))
        status = ended(execution)

    assert told == ["too late"] * 7 + ["won"]
    assert status == "completed"


def test_a_log_that_cannot_be_written_leaves_nothing_half_done_and_is_tried_again(in_alpha, owner):
    """R-061: the second flush fails; later all is as if nothing had been."""
    ask(
        "create function public.test_refuse() returns trigger language plpgsql as $$ begin "
        "if new.first_seq > 1 then raise exception 'no space left'; end if; return new; end $$"
    )
    ask(
        "create trigger test_refuse before insert on t_alpha.executions_logsegment "
        "for each row execute function public.test_refuse()"
    )
    pause = node("pause", "flow.wait", {"mode": "for", "duration_s": 0.3})
    flow = in_a_row([MANUAL, pause, node("end", "flow.no_op")])
    try:
        with working():
            execution = begin(owner, flow)
            until(lambda: queue_row(execution)["crashes"] > 0, "it is given back")
            while_refused = queries.get(execution).status
            ask("drop trigger test_refuse on t_alpha.executions_logsegment")
            ask("update run_queue set due_at = now()")
            status = ended(execution)
    finally:
        ask("drop function if exists public.test_refuse() cascade")

    events = queries.events(execution)
    completed = [event.node for event in events if event.type == "workflow.step.completed"]
    assert while_refused == "running"
    assert status == "completed"
    assert completed == ["start", "pause", "end"]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


def test_a_run_that_waits_ends_by_the_version_it_began_with(in_alpha, owner):
    """R-045, P-7: changed, published anew and deleted meanwhile."""
    hook = node("start", "triggers.manual")
    wait = node("wait", "flow.wait", {"mode": "call"})
    draft = workflows.create(
        owner, document=in_a_row([hook, wait, node("old", "data.edit_fields", sets("v", "old"))])
    )
    version = workflows.freeze_draft(owner, draft.row.id)
    with working():
        execution = actions.run_version(owner, version.ref, mode="manual").id
        until(lambda: queries.get(execution).status == "waiting", "the wait")
        newer = in_a_row([hook, wait, node("new", "data.edit_fields", sets("v", "new"))])
        workflows.save(owner, draft.row.id, newer, revision=draft.row.revision)
        workflows.delete(owner, draft.row.id)
        actions.resume(resume_token(execution, "wait", "0"), None)
        status = ended(execution)

    assert status == "completed"
    assert queries.answer(execution)["items"][0]["json"]["v"] == "old"
