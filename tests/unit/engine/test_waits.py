"""Waits, pauses and time limits (rules 22 and 33)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace.engine import (
    CancelRequested,
    Finish,
    RunStep,
    StepCompleted,
    StepQueued,
    StepResumed,
    StepUnknown,
    StepWaiting,
    WaitUntil,
    WorkflowPaused,
    WorkflowResumed,
    WorkflowStarted,
    WorkflowWaiting,
    is_waiting,
    next_due,
)
from tests.unit.engine.drawing import draw
from tests.unit.engine.shell import LATER, START, Shell

NAP = StepWaiting("a", "0", 1, "time", "nap", LATER)


def napping(*wires: str) -> Shell:
    shell = Shell(draw(*wires or ("t > a", "a > z")).graph()).start()
    shell.report(shell.step("a").started(), NAP)
    return shell


def test_a_step_waits_until_its_time():
    shell = napping()

    assert shell.pending() == (WaitUntil("wait:a:0:nap", LATER, StepResumed("a", "0", 1, "nap")),)
    assert next_due(shell.graph, shell.state) == LATER


def test_a_step_goes_on_after_its_wait_and_knows_which():
    shell = napping()

    shell.report(StepResumed("a", "0", 1, "nap", "token"))

    assert shell.step("a").wake == "nap"
    assert shell.step("a").id != "run:a:0:1:"


def test_a_wake_up_of_another_wait_is_ignored():
    shell = napping()

    shell.report(StepResumed("a", "0", 1, "earlier"))

    assert is_waiting(shell.graph, shell.state)


def test_only_one_of_two_wake_ups_counts():
    shell = napping()
    resumed = StepResumed("a", "0", 1, "nap")
    shell.report(resumed, resumed)
    shell.report(shell.step("a").started(), StepWaiting("a", "0", 1, "time", "second", LATER))

    shell.report(resumed)

    assert is_waiting(shell.graph, shell.state)


def test_a_wait_that_is_reported_again_after_its_end_is_ignored():
    shell = napping()
    shell.report(StepResumed("a", "0", 1, "nap"))

    shell.report(NAP)

    assert shell.steps == ["a"]


def test_a_wait_for_a_call_alone_has_no_timer():
    shell = Shell(draw("t > a").graph()).start()

    shell.report(shell.step("a").started(), StepWaiting("a", "0", 1, "token", "call"))

    assert shell.pending() == ()
    assert is_waiting(shell.graph, shell.state)
    assert next_due(shell.graph, shell.state) is None


def test_an_execution_with_a_running_branch_does_not_wait():
    shell = napping("t > a", "t > b")

    assert not is_waiting(shell.graph, shell.state)
    shell.complete("b")

    assert is_waiting(shell.graph, shell.state)


def test_an_execution_that_waits_for_a_decision_waits():
    shell = Shell(draw("t > a").graph()).start()

    shell.report(shell.step("a").started(), StepUnknown("a", "0", 1))

    assert is_waiting(shell.graph, shell.state)


def test_an_execution_before_its_start_or_after_its_end_does_not_wait():
    shell = Shell(draw("t > a").graph())
    assert not is_waiting(shell.graph, shell.state)

    shell.start().run()

    assert not is_waiting(shell.graph, shell.state)
    assert next_due(shell.graph, shell.state) is None


def test_a_join_is_held_up_by_a_waiting_step_that_can_still_reach_it():
    shell = napping("t > a", "t > b", "a > join.left", "b > join.right")

    shell.complete("b")

    assert shell.steps == []


def test_a_pause_lets_nothing_new_start():
    shell = Shell(draw("t > a", "t > b", "a > c").graph()).start()
    a = shell.step("a")
    shell.report(a.started(), WorkflowPaused())

    assert shell.steps == ["a"]
    shell.report(StepCompleted("a", "0", 1, {"main": 1}))
    assert shell.steps == []
    shell.report(WorkflowResumed())

    assert sorted(shell.steps) == ["b", "c"]


@pytest.mark.parametrize("notice", [WorkflowWaiting(), StepQueued("a", "0", 1)])
def test_notices_change_nothing(notice):
    shell = Shell(draw("t > a").graph()).start()
    before = shell.pending()

    shell.report(notice)

    assert shell.pending() == before


def test_a_second_start_is_ignored():
    shell = Shell(draw("t > a").graph()).start()

    shell.report(WorkflowStarted("t", {"main": 9}))

    assert shell.inputs["a", "0"][0][1][0].items == 1


def test_a_start_by_another_trigger_is_ignored():
    shell = Shell(draw("t > a", "t2 > a").graph())

    shell.report(WorkflowStarted("t2", {"main": 1}))

    assert shell.pending() == ()


def test_a_deadline_counts_from_the_start_and_fails_the_execution():
    shell = Shell(draw("t > a", deadline_s=60).graph()).start()

    timer = shell.pending()[-1]
    assert timer == WaitUntil(
        "deadline", START + timedelta(seconds=60), CancelRequested("deadline")
    )
    shell.report(timer.then)

    assert isinstance(shell.pending()[0], Finish)
    assert shell.pending()[0].error.code == "deadline"


def test_a_time_limit_counts_only_while_a_step_runs():
    shell = Shell(draw("t > a", "a > b", timeout_s=100).graph()).start()
    assert not any(isinstance(command, WaitUntil) for command in shell.pending())

    shell.report(shell.step("a").started(at=_after(10)))
    assert _time_limit(shell) == _after(110)
    shell.report(StepWaiting("a", "0", 1, "time", "nap", LATER, at=_after(30)))
    assert "time_limit" not in [timer.id for timer in shell.pending()]
    shell.report(StepResumed("a", "0", 1, "nap", at=_after(500)))
    shell.report(shell.step("a").started(at=_after(501)))

    assert _time_limit(shell) == _after(501 + 80)
    shell.report(StepCompleted("a", "0", 1, {"main": 1}, at=_after(511)))
    shell.report(shell.step("b").started(at=_after(520)))

    assert _time_limit(shell) == _after(520 + 70)


def test_a_step_that_overruns_the_time_limit_is_stopped():
    shell = Shell(draw("t > a", timeout_s=100).graph()).start()
    shell.report(shell.step("a").started(at=START))

    shell.report(next(c for c in shell.pending() if isinstance(c, WaitUntil)).then)
    shell.run()

    assert shell.events[-1].error.code == "time_limit"
    assert "100" in shell.events[-1].error.message


def test_timers_come_after_steps_and_the_earliest_first():
    shell = Shell(draw("t > a", "t > b", "t > c").graph()).start()
    late, soon = LATER, START + timedelta(seconds=1)
    shell.report(
        StepWaiting("a", "0", 1, "time", "x", late), StepWaiting("b", "0", 1, "time", "y", soon)
    )

    first, second, third = shell.pending()

    assert isinstance(first, RunStep)
    assert [second.at, third.at] == [soon, late]


def _after(seconds: float):
    return START + timedelta(seconds=seconds)


def _time_limit(shell: Shell):
    return next(timer.at for timer in shell.pending() if timer.id == "time_limit")
