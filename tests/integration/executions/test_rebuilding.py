"""The run queue made again from the logs."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from headrace.executions import actions, queries
from headrace.executions.models import Execution
from headrace.executions.rebuilding import Rebuilt, rebuild_queue
from headrace.executions.runner.waiting.token import resume_token
from tests.support.engine import begin, ended, queue_row, until, working
from tests.support.queue import ask, enqueue
from tests.support.workflows import MANUAL, document, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

CALL = document([MANUAL, node("wait", "flow.wait", {"mode": "call"})], "start -> wait")


def lose_queue():
    ask("delete from run_queue")


def waiting(owner, flow):
    execution = begin(owner, flow)
    until(lambda: queries.get(execution).status == "waiting", "the wait")
    return execution


def test_a_run_that_waits_for_a_call_goes_on_after_the_queue_was_lost(in_alpha, owner):
    """R-063."""
    with working():
        execution = waiting(owner, CALL)
    lose_queue()
    done = rebuild_queue(in_alpha)
    with working():
        until(lambda: queue_row(execution)["state"] == "waiting", "it waits again")
        actions.resume(resume_token(execution, "wait", "0"), None)
        status = ended(execution)

    assert (done, status) == (Rebuilt(dropped=0, made=1, lost=0), "completed")


def test_what_was_told_while_the_queue_was_lost_is_heard(in_alpha, owner):
    with working():
        execution = waiting(owner, CALL)
    lose_queue()
    actions.resume(resume_token(execution, "wait", "0"), None)
    rebuild_queue(in_alpha)
    with working():
        assert ended(execution) == "completed"


def test_a_timer_that_ran_out_while_the_queue_was_lost_fires(in_alpha, owner):
    pause = node("wait", "flow.wait", {"mode": "for", "duration_s": 6})
    with working():
        execution = waiting(owner, in_a_row([MANUAL, pause]))
    lose_queue()
    rebuild_queue(in_alpha)
    with working():
        assert ended(execution) == "completed"


def test_a_worker_from_before_can_write_nothing_afterwards(in_alpha, owner):
    """Its token is smaller than any that the new row ever has."""
    execution = begin(owner, CALL)
    with working():
        until(lambda: queries.get(execution).status == "waiting", "the wait")
    before = queue_row(execution)["token"]
    lose_queue()

    rebuild_queue(in_alpha)

    assert queue_row(execution)["token"] > before + 1_000_000


def test_rows_of_what_has_ended_or_never_was_are_dropped(in_alpha, owner):
    enqueue(in_alpha, 2)

    assert rebuild_queue(in_alpha) == Rebuilt(dropped=2, made=0, lost=0)


def test_an_execution_that_had_not_begun_is_ended_with_the_reason(in_alpha, owner):
    execution = begin(owner, CALL)
    lose_queue()

    done = rebuild_queue(in_alpha)

    row = Execution.objects.get(pk=execution)
    assert done == Rebuilt(dropped=0, made=0, lost=1)
    assert row.status == "crashed"
    assert b"beginning_lost" in bytes(row.error)


def test_rebuilding_what_is_whole_changes_nothing(in_alpha, owner):
    execution = begin(owner, CALL)
    before = queue_row(execution)

    assert rebuild_queue(in_alpha) == Rebuilt(dropped=0, made=0, lost=0)
    assert queue_row(execution) == before


def test_the_command_says_what_it_did(in_alpha, capsys):
    enqueue(in_alpha, 1)

    call_command("rebuild_queue", "--tenant", "alpha")

    assert "alpha: 0 made, 1 dropped, 0 had not begun" in capsys.readouterr().out
