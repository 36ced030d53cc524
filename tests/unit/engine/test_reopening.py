"""Going on with an execution that failed: the same runs, one attempt more (rule 19)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace.engine import (
    CancelRequested,
    Failure,
    RunId,
    Status,
    StepCancelled,
    StepCompleted,
    StepFailed,
    StepUnknown,
    StepWaiting,
    WorkflowFailed,
    WorkflowPaused,
    WorkflowResumed,
    WorkflowRetried,
    can_retry,
    is_waiting,
    next_due,
    retryable,
    state_from_json,
    state_to_json,
)
from tests.unit.engine.drawing import draw
from tests.unit.engine.shell import LATER, START, Shell, failed, turns

PAIR = ("t > a", "t > b", "a > join.left", "b > join.right", "join > z")
EACH = ("t > loop", "loop.loop > a", "a > loop", "loop.done > z")


def broken(*outcomes: object) -> Shell:
    """`a` failed while `b` was under way, which then ended so."""
    shell = Shell(draw(*PAIR).graph()).start().begin("a", "b").fail("a")
    shell.report(*outcomes)  # type: ignore[arg-type]
    return shell.run()


def test_a_retry_makes_another_attempt_of_what_failed_and_goes_on_to_the_end():
    shell = broken(StepCompleted("b", "0", 1, {"main": 1}))
    assert retryable(shell.state) == (RunId("a", "0"),)

    shell.report(WorkflowRetried(retryable(shell.state)))

    assert shell.steps == ["a"]
    assert shell.step("a").attempt == 2
    shell.run()
    assert shell.state.status is Status.COMPLETED
    assert shell.got("join") == {"left": "a", "right": "b"}
    assert shell.ran == ["b", "a", "join", "z"]


@pytest.mark.parametrize(
    "outcome",
    [
        StepCancelled("b", "0", 1),
        StepFailed("b", "0", 1, Failure("late", "It broke as well.")),
    ],
)
def test_what_was_stopped_by_the_failure_is_tried_again_with_it(outcome):
    shell = broken(outcome)

    shell.report(WorkflowRetried())

    assert {shell.step(node).attempt for node in "ab"} == {2}
    assert shell.run().state.status is Status.COMPLETED


def test_the_policy_of_retries_counts_from_the_attempt_that_a_person_wanted():
    shell = Shell(draw("t > a").graph()).start()
    shell.report(failed(shell.step("a"), will_retry=True))
    assert shell.step("a").tries == 2
    shell.fail("a").run()

    shell.report(WorkflowRetried())
    shell.state = state_from_json(state_to_json(shell.state))

    assert (shell.step("a").attempt, shell.step("a").tries) == (3, 1)
    shell.report(failed(shell.step("a"), will_retry=True))
    assert (shell.step("a").attempt, shell.step("a").tries) == (4, 2)


def test_what_had_not_started_keeps_its_first_attempt():
    shell = Shell(draw(*PAIR).graph()).start().fail("a").run()

    shell.report(WorkflowRetried())

    assert [shell.step(node).attempt for node in "ab"] == [2, 1]


def test_an_outcome_that_nobody_knows_is_still_unknown_after_a_retry():
    shell = broken(StepUnknown("b", "0", 1))

    shell.report(WorkflowRetried())
    assert shell.steps == ["a"]
    shell.report(StepCompleted("b", "0", 1, {"main": 1}))

    assert shell.run().state.status is Status.COMPLETED


def test_a_wait_that_was_withdrawn_begins_anew():
    shell = Shell(draw(*PAIR).graph()).start()
    shell.report(StepWaiting("b", "0", 1, "time", "w1", LATER))
    shell.fail("a").run()

    shell.report(WorkflowRetried())

    assert shell.step("b").wake == ""
    assert shell.step("b").attempt == 2


def test_a_loop_goes_on_in_the_turn_that_failed():
    shell = Shell(draw(*EACH).graph()).start().complete("loop", loop=3).complete("a")
    shell.fail("a", "1").run()

    shell.report(WorkflowRetried())
    shell.run()

    assert shell.ran == ["loop", "a", "a#1", "a#2", "z"]


def test_a_turn_that_broke_beside_the_failure_is_over_after_the_retry():
    wires = ("t > other", "t > try", "try.loop > a", "try.loop > b", "try.error > y")
    shell = Shell(draw(*wires).graph()).start().complete("try").begin("a", "b").fail("a")
    shell.fail("other")
    shell.report(StepCancelled("b", "0", 1))
    shell.run()

    shell.report(WorkflowRetried())

    assert shell.steps == ["other", "y"]


def test_a_cancelled_execution_may_go_on_too():
    shell = Shell(draw(*PAIR).graph()).start().begin("a")
    shell.report(CancelRequested(), StepCancelled("a", "0", 1))
    shell.run()
    assert shell.state.status is Status.CANCELLED

    shell.report(WorkflowRetried())

    assert shell.run().state.status is Status.COMPLETED


def test_an_execution_that_crashed_goes_on_with_what_was_under_way():
    shell = Shell(draw(*PAIR).graph()).start().begin("a")
    shell.report(WorkflowFailed(Failure("crashed", "The worker died.")))
    assert can_retry(shell.state)

    shell.report(WorkflowRetried())

    assert shell.steps == ["a", "b"]
    assert shell.step("a").attempt == 1


@pytest.mark.parametrize("end", ["run", "start"])
def test_there_is_no_retry_before_the_end_and_none_after_success(end):
    shell = getattr(Shell(draw(*PAIR).graph()).start(), end)()
    before = shell.steps

    assert not can_retry(shell.state)
    shell.report(WorkflowRetried())

    assert shell.steps == before


def test_a_bound_of_the_rules_that_was_reached_leaves_nothing_to_retry():
    shell = Shell(draw(*EACH, max_runs=3).graph(), behave=turns(9)).start().run()

    assert shell.state.status is Status.FAILED
    assert retryable(shell.state) == ()
    assert not can_retry(shell.state)


def test_an_execution_that_cannot_be_retried_ends_again_as_it_did():
    shell = Shell(draw(*EACH, max_runs=3).graph(), behave=turns(9)).start().run()
    first = shell.events[-1]

    shell.report(WorkflowRetried())
    shell.run()

    assert shell.events[-1] == first
    assert shell.state.status is Status.FAILED


def test_limits_of_time_count_anew_after_a_retry():
    shell = Shell(draw(*PAIR, deadline_s=60).graph()).start()
    shell.report(CancelRequested(reason="deadline"))
    shell.run()

    shell.report(WorkflowRetried(at=START + timedelta(hours=5)))

    assert next_due(shell.graph, shell.state) == START + timedelta(hours=5, seconds=60)


def test_in_sequential_order_the_failed_step_comes_first():
    shell = Shell(draw(*PAIR, order="sequential").graph()).start().fail("a").run()

    shell.report(WorkflowRetried())

    assert shell.steps == ["a"]
    assert shell.run().ran == ["a", "b", "join", "z"]


def test_in_a_pause_nothing_starts_what_runs_ends_and_timers_go_on():
    shell = Shell(draw(*PAIR).graph()).start().begin("a")
    shell.report(StepWaiting("b", "0", 1, "time", "w1", LATER), WorkflowPaused())

    shell.complete("a")
    assert next_due(shell.graph, shell.state) == LATER
    shell.report(shell.pending()[0].then)
    assert shell.steps == []
    assert not is_waiting(shell.graph, shell.state)
    shell.report(WorkflowResumed())

    assert shell.steps == ["b"]
