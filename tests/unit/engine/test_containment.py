"""Failures that a loop or a Try keeps to the turn in which they happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headrace.engine import (
    CancelRequested,
    EndedTurn,
    Failure,
    Source,
    Status,
    StepCancelled,
    StepCompleted,
    StepFailed,
    StepRetrying,
    StepUnknown,
    StepWaiting,
    WorkflowRetried,
    is_waiting,
)
from tests.unit.engine.drawing import COLLECT, TRY, draw
from tests.unit.engine.shell import LATER, Shell, by_ports, failed, turns

SKIP = ("t > skip", "skip.loop > a", "a > b", "b > skip", "skip.done > z", "skip.error > y")
COLLECTED = tuple(wire.replace("skip", "collect") for wire in SKIP)
GUARD = ("t > try", "try.loop > a", "a > b", "b > try", "try.done > z", "try.error > y")
TWO = (
    "t > try",
    "try.loop > a",
    "try.loop > b",
    "b > c",
    "a > try",
    "try.done > z",
    "try.error > y",
)


def begun(*wires: str, **facts: object) -> Shell:
    return Shell(draw(*wires, **facts).graph()).start()  # type: ignore[arg-type]


def test_a_turn_that_fails_is_skipped_and_the_loop_goes_on():
    shell = begun(*SKIP).complete("skip", loop=3)

    shell.fail("a").complete("a", "1").complete("b", "1").complete("a", "2").fail("b", "2")

    assert shell.steps == ["z"]
    assert shell.got("z") == {"main": "skip"}
    assert shell.inputs["z", "0"][0][1][0].items == 1


def test_collected_failures_leave_by_the_error_port_when_the_loop_is_done():
    shell = begun(*COLLECTED).complete("collect", loop=3)

    shell.fail("a").complete("a", "1").complete("b", "1")
    assert shell.steps == ["a#2"]
    shell.fail("a", "2")

    assert shell.steps == ["z", "y"]
    assert shell.inputs["y", "0"] == (("main", (Source("collect", "0", "error", 2),)),)


def test_a_loop_that_collects_and_finds_nothing_wrong_sends_no_errors():
    shell = Shell(draw(*COLLECTED).graph(), behave=turns(2)).start().run()

    assert shell.ran[-1] == "z"
    assert "y" not in shell.ran


def test_of_a_turn_that_failed_the_shell_is_told_the_failure():
    shell = begun(*COLLECTED).complete("collect", loop=1)

    shell.fail("a")

    error = Failure("broken", "It broke.", "a")
    failed_item = Source("a", "0", "error", 1)
    assert shell.state.ended == [EndedTurn(("collect", "0"), 0, (), error, failed_item)]


def test_what_came_back_before_its_turn_failed_does_not_count():
    wires = ("t > skip", "skip.loop > a", "skip.loop > b", "a > skip", "skip.done > z")
    shell = begun(*wires).complete("skip", loop=1)

    shell.complete("a").fail("b")

    assert shell.inputs["z", "0"][0][1][0].items == 0


def test_turns_beside_the_one_that_failed_go_on():
    shapes = {"collect": replace(COLLECT, concurrency=2)}
    shell = begun(*COLLECTED, shapes=shapes).complete("collect", loop=2)
    shell.begin("a", "a#1")

    shell.fail("a")

    assert shell.to_stop == []
    assert shell.steps == ["a#1"]


def test_what_runs_in_a_turn_that_failed_is_stopped_before_the_turn_is_over():
    shell = begun(*TWO).complete("try").begin("a", "b")

    shell.fail("a")
    assert shell.to_stop == ["b"]
    assert shell.steps == []
    shell.report(StepCompleted("b", "0", 1, {"main": 1}))

    assert shell.steps == ["z", "y"]


@pytest.mark.parametrize(
    "outcome",
    [
        StepCancelled("b", "0", 1),
        StepCompleted("b", "0", 1, {"main": 1}),
        StepFailed("b", "0", 1, Failure("worse", "It broke, too.")),
        StepFailed("b", "0", 1, Failure("worse", "It broke, too."), True, LATER),
    ],
    ids=lambda outcome: outcome.type,
)
def test_however_a_run_that_is_stopped_ends_nothing_follows_it(outcome):
    shell = begun(*TWO).complete("try").begin("a", "b").fail("a")

    shell.report(outcome)

    assert shell.steps == ["z", "y"]
    assert shell.got("y") == {"main": "a"}
    assert not shell.state.broken


def test_a_wait_in_a_turn_that_failed_is_withdrawn():
    shell = begun(*TWO).complete("try")
    shell.report(StepWaiting("b", "0", 1, "token", "w1", LATER))

    shell.fail("a")

    assert shell.to_stop == ["b"]


DECISIONS = [
    StepCompleted("b", "0", 1, {"main": 1}),
    StepFailed("b", "0", 1, Failure("did_not_happen", "It did not.")),
    StepCancelled("b", "0", 1),
]


@pytest.mark.parametrize("decision", DECISIONS, ids=["it did", "it did not", "never mind"])
@pytest.mark.parametrize("is_late", [False, True], ids=["before", "after"])
def test_a_turn_that_failed_waits_until_somebody_says_what_became_of_a_step(decision, is_late):
    shell = begun(*TWO).complete("try").begin("a", "b")
    report, fail = [StepUnknown("b", "0", 1)], [failed(shell.step("a"))]

    shell.report(*(fail + report if is_late else report + fail))
    assert (shell.steps, shell.to_stop) == ([], [])
    assert is_waiting(shell.graph, shell.state)

    shell.report(decision)
    assert shell.steps == ["z", "y"]
    assert shell.run().state.status is Status.COMPLETED


def test_a_step_of_a_failed_turn_is_not_made_again():
    shell = begun(*TWO).complete("try").begin("b")
    shell.report(StepUnknown("b", "0", 1))
    shell.fail("a")

    shell.report(StepRetrying("b", "0", 2))

    assert shell.steps == []


@pytest.mark.parametrize("is_late", [False, True], ids=["before", "after"])
def test_who_stops_the_execution_does_not_wait_for_a_step_of_a_failed_turn(is_late):
    shell = begun(*TWO).complete("try").begin("a", "b")
    report, cancel = StepUnknown("b", "0", 1), CancelRequested()
    shell.report(failed(shell.step("a")))

    shell.report(*((cancel, report) if is_late else (report, cancel)))
    assert shell.run().state.status is Status.CANCELLED

    shell.report(WorkflowRetried())
    assert shell.steps == []
    shell.report(StepCompleted("b", "0", 1, {"main": 1}))
    assert shell.steps == ["z", "y"]


def test_what_a_try_guards_and_nothing_caught_goes_on_to_finally():
    shell = Shell(draw(*GUARD).graph(), behave=by_ports(**{"try": "loop"})).start().run()

    assert shell.ran == ["try", "a", "b", "z"]
    assert shell.got("z") == {"main": "b"}


def test_if_nothing_comes_back_finally_gets_what_came_in():
    shell = begun(*GUARD).complete("try", loop=2).complete("a", main=0)

    assert shell.inputs["z", "0"] == (("main", (Source("try", "0", "loop", 2),)),)


def test_a_failure_that_is_caught_goes_to_the_error_port_and_what_came_in_to_finally():
    shell = begun(*GUARD).complete("try", loop=2).complete("a").fail("b")

    assert shell.steps == ["z", "y"]
    assert shell.inputs["y", "0"] == (("main", (Source("b", "0", "error", 1),)),)
    assert shell.inputs["z", "0"] == (("main", (Source("try", "0", "loop", 2),)),)
    shell.run()
    assert shell.state.status is Status.COMPLETED


@pytest.mark.parametrize(("code", "steps"), [("http_status", ["z", "y"]), ("broken", [])])
def test_a_try_catches_the_codes_that_it_names(code, steps):
    shapes = {"try": replace(TRY, catches=("http_status", "time_limit"))}
    shell = begun(*GUARD, shapes=shapes).complete("try", loop=1)

    shell.fail("a", code=code)

    assert shell.steps == steps


def test_the_innermost_guard_that_wants_a_failure_takes_it():
    wires = ("t > skip", "skip.loop > try", "try.loop > loop", "loop.loop > a", "try.error > y")
    shell = (
        begun(*wires)
        .complete("skip", loop=1)
        .complete("try", loop=1)
        .complete("loop", "0.0", loop=3)
    )

    shell.fail("a", "0.0.0")

    assert shell.steps == ["y"]


def test_a_failure_that_the_inner_guard_does_not_want_breaks_the_turn_of_the_outer():
    wires = (
        "t > skip",
        "skip.loop > try",
        "try.loop > a",
        "try.loop > b",
        "skip.loop > c",
        "skip.done > z",
    )
    shapes = {"try": replace(TRY, catches=("other",))}
    shell = (
        begun(*wires, shapes=shapes).complete("skip", loop=1).complete("try").begin("b#0.0", "c")
    )

    shell.fail("a", "0.0")
    assert shell.to_stop == ["b#0.0", "c"]
    shell.report(StepCancelled("b", "0.0", 1), StepCancelled("c", "0", 1))

    assert shell.steps == ["z"]


def test_an_endless_circle_in_a_try_is_caught():
    wires = ("t > try", "try.loop > a", "a > b", "b > a", "try.error > y")
    node = {"a": {"settings": {"max_iterations": 2}}}

    shell = Shell(draw(*wires, node=node).graph(), behave=by_ports(**{"try": "loop"})).start().run()

    assert shell.ran == ["try", "a#0.0", "b#0.0", "a#0.1", "b#0.1", "y"]
    assert shell.inputs["y", "0"][0][1] == (Source("a^", "0", "error", 1),)


def test_a_loop_whose_turns_may_fail_does_not_catch_its_own_failure():
    shell = begun("t > try", "try.loop > while", "while.loop > a", "a > while", "try.error > y")
    shell.complete("try", loop=1).complete("while", loop=1).complete("a", "0.0")

    shell.fail("while", "0.1")

    assert shell.steps == ["y"]


def test_a_failure_outside_of_every_guard_still_stops_everything():
    shell = begun(*GUARD, "t > other").complete("try").begin("a")

    shell.fail("other")

    assert shell.to_stop == ["a"]
    assert shell.state.status is Status.STOPPING


def test_a_failure_is_tried_again_before_it_breaks_a_turn():
    shell = begun(*GUARD).complete("try")

    shell.report(failed(shell.step("a"), will_retry=True))

    assert shell.step("a").attempt == 2


def test_a_guard_does_not_count_as_a_turn():
    shell = begun("t > loop", "loop.loop > try", "try.loop > a", "try.done > loop")
    shell.complete("loop", loop=2).complete("try").complete("a", "0.0").complete("try", "1")

    assert shell.step("a", "1.0").turn == 1


def test_an_error_port_goes_before_the_guard():
    node = {"a": {"settings": {"on_error": "error_port"}}}
    shell = begun(*GUARD, "a.error > c", node=node).complete("try")

    shell.fail("a")

    assert shell.steps == ["c"]


def test_in_sequential_order_a_failure_is_kept_to_its_turn_as_well():
    shell = begun(*COLLECTED, order="sequential").complete("collect", loop=2)

    shell.fail("a").complete("a", "1").complete("b", "1")

    assert shell.steps == ["z"]
    shell.run()
    assert shell.ran[-2:] == ["z", "y"]
