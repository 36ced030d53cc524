"""Errors, retries and cancelling (rules 8, 9 and 16)."""

from __future__ import annotations

import pytest

from headrace.engine import (
    CancelRequested,
    Failure,
    Finish,
    RunId,
    Status,
    StepCancelled,
    StepCompleted,
    StepRetrying,
    StepUnknown,
    StepWaiting,
    StopStep,
    WaitUntil,
    WorkflowCompleted,
    WorkflowFailed,
    is_waiting,
    next_due,
)
from tests.unit.engine.drawing import draw
from tests.unit.engine.shell import LATER, START, Shell, done, failed

PAIR = ("t > a", "t > b", "a > c", "b > d")


def stopping(**settings: str) -> Shell:
    return Shell(draw(*PAIR, node={"a": {"settings": settings}}).graph()).start()


def test_a_failure_stops_the_execution_and_names_the_node():
    shell = stopping()

    shell.report(failed(shell.step("a")))

    assert shell.pending() == (Finish("failed", Failure("broken", "It broke.", "a")),)


def test_what_runs_when_a_step_fails_is_stopped_first_and_nothing_new_starts():
    shell = stopping()
    b = shell.step("b")
    shell.report(b.started(), failed(shell.step("a")))

    assert shell.pending() == (StopStep("b", "0", 1),)
    shell.report(done(b, main=1))

    assert isinstance(shell.pending()[0], Finish)
    assert RunId("d", "0") not in shell.inputs


def test_every_command_has_a_name_of_its_own():
    shell = stopping()
    names = {command.id for command in shell.pending()}
    shell.report(shell.step("a").started(), shell.step("b").started())
    shell.report(failed(shell.step("a"), will_retry=True, next_at=LATER))
    names |= {command.id for command in shell.pending()}
    shell.report(CancelRequested())
    names |= {command.id for command in shell.pending()}
    shell.report(StepCancelled("a", "0", 2), StepCancelled("b", "0", 1))

    names |= {command.id for command in shell.pending()}

    assert names == {
        "run:a:0:1:",
        "run:b:0:1:",
        "retry:a:0:2",
        "stop:a:0:2",
        "stop:b:0:1",
        "finish",
    }


def test_a_wait_is_withdrawn_when_the_execution_stops():
    shell = stopping()
    shell.report(StepWaiting("b", "0", 1, "token", "w1", LATER), failed(shell.step("a")))

    assert shell.pending() == (StopStep("b", "0", 1),)
    shell.report(StepCancelled("b", "0", 1))

    assert shell.pending()[0].status == "failed"


def test_an_outcome_that_stays_unknown_does_not_keep_a_stopped_execution():
    shell = stopping()
    shell.report(shell.step("b").started(), CancelRequested(), StepUnknown("b", "0", 1))

    assert shell.pending() == (Finish("cancelled"),)


def test_a_second_failure_while_stopping_changes_nothing():
    shell = stopping()
    b = shell.step("b")
    shell.report(b.started(), failed(shell.step("a")), failed(b, will_retry=True, next_at=LATER))

    assert shell.pending()[0].error.node == "a"


def test_on_error_continue_sends_the_error_along_the_first_port():
    shell = stopping(on_error="continue")

    shell.report(failed(shell.step("a")))

    assert sorted(shell.steps) == ["b", "c"]
    assert shell.inputs["c", "0"] == (("main", (("a", "0", "main", 1, None),)),)


def test_on_error_error_port_sends_what_failed_along_it_and_the_rest_on():
    node = {"a": {"settings": {"on_error": "error_port"}}}
    shell = Shell(draw("t > a", "a > b", "a.error > c", node=node).graph()).start()

    shell.report(failed(shell.step("a"), outputs={"main": 2, "error": 3}))

    assert sorted(shell.steps) == ["b", "c"]
    assert shell.inputs["c", "0"][0][1][0].items == 3


def test_a_failed_attempt_is_made_again_when_its_pause_is_over():
    shell = stopping()

    shell.report(failed(shell.step("a"), will_retry=True, next_at=LATER))
    timer = shell.pending()[-1]
    assert timer == WaitUntil("retry:a:0:2", LATER, StepRetrying("a", "0", 2))
    assert shell.steps == ["b"]
    shell.report(timer.then)

    assert shell.step("a").attempt == 2


def test_a_failed_attempt_without_a_pause_is_made_again_at_once():
    shell = stopping()

    shell.report(failed(shell.step("a"), will_retry=True))

    assert shell.step("a").attempt == 2


def test_a_completion_of_a_past_attempt_is_ignored():
    shell = stopping()
    first = shell.step("a")
    shell.report(failed(first, will_retry=True))

    shell.report(done(first, main=1))

    assert "c" not in shell.steps
    assert shell.step("a").attempt == 2


def test_a_pause_before_an_attempt_lets_the_worker_go():
    shell = Shell(draw("t > a").graph()).start()

    shell.report(failed(shell.step("a"), will_retry=True, next_at=LATER))

    assert is_waiting(shell.graph, shell.state)
    assert next_due(shell.graph, shell.state) == LATER


def test_an_unknown_outcome_waits_for_a_person_and_lets_other_branches_go_on():
    shell = stopping()

    shell.report(shell.step("a").started(), StepUnknown("a", "0", 1))

    assert shell.steps == ["b"]


@pytest.mark.parametrize(
    ("decision", "pending"),
    [
        (StepCompleted("a", "0", 1, {"main": 1}), ["c"]),
        (StepRetrying("a", "0", 2), ["a"]),
        (StepRetrying("a", "0", 3), []),
    ],
)
def test_a_person_decides_over_an_unknown_outcome(decision, pending):
    shell = Shell(draw("t > a", "a > c").graph()).start()
    shell.report(shell.step("a").started(), StepUnknown("a", "0", 1))

    shell.report(decision)

    assert shell.steps == pending


def test_a_cancelled_step_alone_delivers_nothing_and_the_rest_goes_on():
    shell = stopping(always_output=True)
    shell.report(shell.step("a").started(), StepCancelled("a", "0", 1))

    shell.run()

    assert shell.ran == ["b", "d"]
    assert shell.state.status is Status.COMPLETED


def test_a_cancel_before_the_start_ends_it_at_once():
    shell = Shell(draw(*PAIR).graph())

    shell.report(CancelRequested())

    assert shell.pending() == (Finish("cancelled"),)


def test_a_cancel_after_a_failure_does_not_hide_it():
    shell = stopping()
    shell.report(shell.step("b").started(), failed(shell.step("a")))

    shell.report(CancelRequested())
    shell.run()

    assert shell.state.status is Status.FAILED


def test_nothing_is_pending_before_the_start_nor_after_the_end():
    shell = Shell(draw(*PAIR).graph())
    assert shell.pending() == ()

    shell.start().report(WorkflowFailed(Failure("crashed", "Three times.")))
    shell.report(WorkflowCompleted(), done_of("a"))

    assert shell.pending() == ()
    assert shell.state.status is Status.FAILED


def done_of(node: str) -> StepCompleted:
    return StepCompleted(node, "0", 1, {"main": 1}, at=START)


def test_an_event_of_a_run_that_does_not_exist_is_ignored():
    shell = stopping()

    shell.report(done_of("nobody"), StepRetrying("a", "7", 1))

    assert shell.steps == ["a", "b"]
