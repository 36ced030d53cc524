"""Joins that do not wait for everything (rule 27)."""

from __future__ import annotations

from datetime import timedelta

from headrace.engine import NodeShape, Status, StepCompleted, WaitUntil, is_waiting, next_due
from tests.unit.engine.drawing import ANY, TWO, draw
from tests.unit.engine.shell import START, Shell

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


def _at(step, seconds):
    at = START + timedelta(seconds=seconds)
    return StepCompleted(step.node, step.run, step.attempt, {"main": 1}, at=at)
