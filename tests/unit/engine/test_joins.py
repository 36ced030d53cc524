"""Joins that do not wait for everything (rule 27)."""

from __future__ import annotations

from datetime import timedelta

from headrace.engine import (
    NodeShape,
    RunId,
    Skipped,
    Source,
    Status,
    StepCancelled,
    StepCompleted,
    StepResumed,
    StepWaiting,
    WaitUntil,
    is_waiting,
    next_due,
)
from tests.unit.engine.drawing import ANY, TWO, draw
from tests.unit.engine.shell import LATER, START, Shell

RACE = ("t > a", "t > b", "a > first.left", "b > first.right", "first > z")
VOTE = ("t > a", "t > b", "t > c", "a > two.left", "b > two.middle", "c > two.right")
TIMED = NodeShape(("left", "right"), ("main",), join="all", join_timeout_s=60)


def test_an_any_join_runs_at_the_first_delivery_and_ignores_the_rest():
    shell = Shell(draw(*RACE, shapes={"first": ANY}).graph()).start()

    shell.complete("b")
    assert shell.steps == ["a", "first"]
    assert shell.got("first") == {"right": "b"}
    shell.run()

    assert shell.ran.count("first") == 1
    assert shell.state.status is Status.COMPLETED


def test_a_join_of_two_runs_at_the_second_delivery():
    shell = Shell(draw(*VOTE, shapes={"two": TWO}).graph()).start()

    shell.complete("c")
    assert shell.steps == ["a", "b"]
    shell.complete("b")

    assert shell.steps == ["a", "two"]
    assert shell.got("two") == {"middle": "b", "right": "c"}


def test_a_join_of_two_takes_one_delivery_when_no_other_can_come():
    shell = Shell(draw(*VOTE, shapes={"two": TWO}).graph()).start()

    shell.complete("a").complete("b", main=0).complete("c", main=0)

    assert shell.steps == ["two"]
    assert shell.got("two") == {"left": "a"}


def test_a_join_whose_time_is_up_takes_what_it_has():
    wires = ("t > a", "t > b", "a > timed.left", "b > timed.right", "timed > z")
    shell = Shell(draw(*wires, shapes={"timed": TIMED}).graph()).start()
    completed = shell.step("a")
    shell.report(_at(completed, 5))

    timer = next(c for c in shell.pending() if isinstance(c, WaitUntil))
    shell.report(timer.then, timer.then)

    assert timer.at == START + timedelta(seconds=65)
    assert shell.steps == ["timed", "b"]
    assert shell.got("timed") == {"left": "a"}
    assert not is_waiting(shell.graph, shell.state)


def test_what_comes_after_the_time_is_up_goes_nowhere():
    wires = ("t > a", "t > b", "a > timed.left", "b > timed.right")
    shell = Shell(draw(*wires, shapes={"timed": TIMED}).graph()).start()
    shell.report(_at(shell.step("a"), 0))
    shell.report(next(c for c in shell.pending() if isinstance(c, WaitUntil)).then)

    shell.run()

    assert shell.ran.count("timed") == 1
    assert shell.state.status is Status.COMPLETED


def test_a_join_that_is_complete_in_time_has_no_timer_left():
    wires = ("t > a", "t > b", "a > timed.left", "b > timed.right")
    shell = Shell(draw(*wires, shapes={"timed": TIMED}).graph()).start()

    shell.report(_at(shell.step("a"), 0))
    shell.complete("b")

    assert next_due(shell.graph, shell.state) is None


SERVED = NodeShape(("left", "right"), ("main",), join="any", cancel_rest=True)
RACED = ("t > a", "a > b", "b > first.left", "t > c", "c > d", "d > first.right", "first > z")


def racing(*wires, **facts):
    return Shell(draw(*wires, shapes={"first": SERVED}, **facts).graph()).start()


def test_what_only_a_join_was_waiting_for_is_ended_once_it_has_enough():
    shell = racing(*RACED).begin("a").complete("c")

    shell.complete("d")

    assert shell.to_stop == ["a"]
    assert shell.steps == ["first"]
    shell.report(StepCancelled("a", "0", 1))
    shell.run()
    assert shell.state.status is Status.COMPLETED
    assert shell.ran == ["c", "d", "first", "z"]


def test_what_nobody_needs_any_more_never_starts():
    shell = racing(*RACED).complete("c").complete("d")

    assert shell.steps == ["first"]
    assert shell.state.skipped[0] == Skipped(RunId("a", "0"), 1)


def test_the_steps_behind_one_that_never_starts_are_skipped_with_it():
    shell = racing(*RACED).complete("c").complete("d")

    assert shell.state.skipped == [Skipped(RunId(step, "0"), 1) for step in "ab"]


def test_the_steps_behind_one_that_was_stopped_are_skipped():
    shell = racing(*RACED).begin("a").complete("c").complete("d")

    shell.report(StepCancelled("a", "0", 1))

    assert shell.state.skipped == [Skipped(RunId("b", "0"), 1)]


def test_a_step_that_was_not_reached_before_the_join_had_enough_is_not_skipped():
    wires = ("t > if", "if.no > b", "b > first.left", "if.yes > d", "d > first.right")
    shapes = {"first": SERVED, "if": NodeShape(("main",), ("yes", "no"))}
    shell = Shell(draw(*wires, shapes=shapes).graph()).start().complete("if", yes=1)

    shell.complete("d")

    assert shell.state.skipped == []


def test_what_comes_too_late_for_a_join_is_told():
    shell = Shell(draw(*VOTE, shapes={"two": TWO}).graph()).start()
    shell.complete("a").complete("b").complete("two")

    shell.complete("c")

    (late,) = shell.state.skipped
    assert late.late == (("right", (Source("c", "0", "main", 1),)),)
    assert late.run.run not in {"0", "0~1"}, "no name of a round"


def test_the_step_after_one_that_ends_all_the_same_is_skipped():
    shell = racing(*RACED).begin("a").complete("c").complete("d")

    shell.report(StepCompleted("a", "0", 1, {"main": 1}))
    assert shell.state.skipped == [Skipped(RunId("b", "0"), 1)]

    shell.complete("first")
    assert shell.state.skipped == []


def test_what_ends_all_the_same_leads_no_further():
    shell = racing(*RACED).begin("a").complete("c").complete("d")

    shell.report(StepCompleted("a", "0", 1, {"main": 1}))

    assert shell.steps == ["first"]


def test_what_leads_elsewhere_too_goes_on():
    shell = racing(*RACED, "b > log").begin("a").complete("c").complete("d")

    assert shell.to_stop == []
    assert shell.steps == ["a", "first"]


def test_a_loop_that_only_a_join_was_waiting_for_takes_no_further_turn():
    wires = ("t > loop", "loop.loop > b", "b > loop", "loop.done > first.left", "t > c")
    shell = racing(*wires, "c > first.right", "first > z")
    shell.complete("loop", loop=9).begin("b").complete("c")

    assert shell.to_stop == ["b"]
    shell.report(StepCancelled("b", "0", 1))

    assert shell.steps == ["first"]
    assert shell.run().ran == ["loop", "c", "first", "z"]


def test_a_wait_that_nobody_needs_is_withdrawn_and_its_timer_starts_nothing():
    shell = racing(*RACED)
    shell.report(StepWaiting("a", "0", 1, "time", "w1", LATER))
    shell.complete("c").complete("d")

    assert shell.to_stop == ["a"]
    shell.report(StepResumed("a", "0", 1, "w1"))

    assert shell.steps == ["first"]


def test_in_a_loop_only_the_same_turn_is_ended():
    shape = NodeShape(("main",), ("loop", "done"), loop="items", concurrency=2)
    wires = ("t > each", "each.loop > a", "each.loop > b", "a > first.left", "b > first.right")
    drawing = draw(*wires, shapes={"first": SERVED, "each": shape})
    shell = Shell(drawing.graph()).start().complete("each", loop=2).begin("a", "a#1")

    shell.complete("b", "1")

    assert shell.to_stop == ["a#1"]


def _at(step, seconds):
    at = START + timedelta(seconds=seconds)
    return StepCompleted(step.node, step.run, step.attempt, {"main": 1}, at=at)
