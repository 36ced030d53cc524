"""Undoing, the last first, what an execution did that then failed (saga)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headrace.engine import (
    CancelRequested,
    Finish,
    RunId,
    Status,
    StepCancelled,
    StepCompleted,
    WaitUntil,
    can_retry,
    find_run,
    is_stopped,
)
from tests.unit.engine.drawing import SAGA, draw
from tests.unit.engine.shell import Shell, by_ports, done

TRIP = (
    "t > hotel",
    "hotel > saga1",
    "saga1 > car",
    "saga1.undo > leave",
    "leave > tell",
    "car > saga2",
    "saga2.undo > return",
    "saga2 > fly",
    "fly > z",
)
BOTH = by_ports(saga="main undo", saga1="main undo", saga2="main undo")
NIGHT = ("t > try", "try.loop > a", "a > saga", "saga.undo > u", "saga > b", "try.error > y")


def booked(*wires: str, **facts: object) -> Shell:
    return Shell(draw(*wires, **facts).graph(), behave=BOTH).start()  # type: ignore[arg-type]


def register(shell: Shell, node: str, run: str = "0") -> Shell:
    return shell.complete(node, run, main=1, undo=1)


def test_what_is_done_is_undone_backwards_when_the_execution_fails():
    shell = booked(*TRIP).run_to("fly").fail("fly")

    shell.run()

    assert shell.ran[-3:] == ["return", "leave", "tell"]
    assert shell.got("return") == {"main": "saga2"}
    assert shell.state.status is Status.FAILED
    assert shell.events[-1].error.node == "fly"


def test_undoing_begins_when_all_else_has_ended_and_the_log_says_so():
    shell = booked("t > other", *TRIP).begin("other")
    shell.run_to("fly", "other").fail("fly")

    assert shell.to_stop == ["other"]
    shell.report(StepCompleted("other", "0", 1, {"main": 1}))

    (due,) = shell.pending()
    assert isinstance(due, WaitUntil)
    assert due.then.type == "workflow.compensating"


def test_only_what_undoes_may_go_on_after_a_failure():
    shell = booked("t > other", *TRIP).begin("other")
    shell.run_to("fly", "other").fail("fly")

    assert is_stopped(shell.state, RunId("other", "0"))
    shell.report(StepCancelled("other", "0", 1))
    shell.report(shell.pending()[0].then)

    assert not is_stopped(shell.state, RunId("return", "0"))


def test_one_undo_ends_before_the_next_begins():
    shell = booked(*TRIP).run_to("fly").fail("fly")
    shell.report(shell.pending()[0].then)

    assert shell.steps == ["return"]
    shell.complete("return")
    assert shell.steps == ["leave"]


def test_an_undo_that_fails_does_not_keep_the_others_and_the_first_error_is_told():
    shell = booked(*TRIP).run_to("fly").fail("fly")
    shell.report(shell.pending()[0].then)

    shell.fail("return", code="gone")

    assert shell.steps == ["leave"]
    shell.run()
    assert shell.events[-1].error.node == "fly"


def test_what_completes_is_never_undone():
    shell = booked(*TRIP).run()

    assert shell.state.status is Status.COMPLETED
    assert not {"leave", "return"} & {run.node for run in shell.inputs}


def test_after_a_cancel_only_what_says_so_is_undone():
    shapes = {"saga2": replace(SAGA, undo_on_cancel=True)}
    shell = booked(*TRIP, shapes=shapes).run_to("fly")

    shell.report(CancelRequested())
    shell.run()

    assert shell.ran[-1] == "return"
    assert shell.state.status is Status.CANCELLED


@pytest.mark.parametrize("reason", ["deadline", "time_limit"])
def test_a_limit_of_time_is_a_failure_and_everything_is_undone(reason):
    shell = booked(*TRIP).run_to("fly")

    shell.report(CancelRequested(reason=reason))
    shell.run()

    assert shell.ran[-3:] == ["return", "leave", "tell"]


def test_a_cancel_while_things_are_undone_ends_that():
    shell = booked(*TRIP).run_to("fly").fail("fly")
    shell.report(shell.pending()[0].then)
    shell.begin("return")

    shell.report(CancelRequested())
    assert shell.to_stop == ["return"]
    shell.report(StepCancelled("return", "0", 1))

    assert shell.pending()[0] == Finish("failed", shell.state.stop.error)


def test_what_was_done_just_before_the_failure_is_undone_though_its_head_never_ran():
    shell = booked("t > fly", *TRIP).begin("fly").complete("hotel")
    assert shell.steps == ["fly", "saga1"]

    shell.fail("fly")
    shell.report(shell.pending()[0].then)

    assert shell.steps == ["leave"]
    assert shell.got("leave") == {"main": "hotel"}


def test_what_ended_while_everything_was_being_stopped_is_undone_too():
    shell = booked("t > fly", *TRIP).begin("fly", "hotel")
    shell.fail("fly")

    shell.report(StepCompleted("hotel", "0", 1, {"main": 1}))
    shell.run()

    assert shell.ran[-2:] == ["leave", "tell"]
    assert shell.got("leave") == {"main": "hotel"}


def test_every_turn_of_a_loop_is_undone_the_last_first_and_sees_its_own_past():
    wires = ("t > p", "p > loop", "loop.loop > a", "a > saga", "saga.undo > u", "saga > loop")
    shell = booked(*wires, "loop.done > z").complete("p").complete("loop", loop=3)
    shell.run_to("z").fail("z")
    shell.report(shell.pending()[0].then)

    assert shell.steps == ["u#2.0"]
    shell.complete("u", "2.0")

    found = [find_run(shell.graph, shell.state, RunId("u", "1.0"), node) for node in ("a", "p")]
    assert [run.key.text for run in found] == ["1", "0"]
    shell.run()
    assert shell.ran[-3:] == ["u#2.0", "u#1.0", "u#0.0"]


def test_what_a_try_did_is_undone_before_its_failure_is_caught():
    shell = booked(*NIGHT).complete("try").complete("a")
    register(shell, "saga").fail("b")

    assert shell.steps == ["u#0.0"]
    shell.complete("u", "0.0")

    assert shell.steps == ["y"]
    shell.run()
    assert shell.state.status is Status.COMPLETED
    assert not shell.state.undos


def test_what_a_try_did_that_went_well_is_undone_when_the_execution_fails_later():
    shell = booked(*NIGHT, "try.done > z").run_to("z").fail("z")

    shell.run()

    assert shell.ran[-1] == "u#0.0"


def test_an_undo_that_fails_in_a_try_is_not_what_is_caught():
    shell = booked(*NIGHT).complete("try").complete("a")
    register(shell, "saga").fail("b")

    shell.fail("u", "0.0", code="gone")

    assert shell.steps == ["y"]
    assert shell.got("y") == {"main": "b"}


def test_an_undo_under_way_in_a_try_goes_on_when_the_execution_fails():
    shell = booked(*NIGHT, "t > c", "c > saga2", "saga2.undo > v", "saga2 > d")
    shell.run_to("d", "b").fail("b").begin("u#0.0")

    shell.fail("d")
    assert shell.to_stop == []
    assert shell.steps == ["u#0.0"]
    shell.run()

    assert shell.ran[-2:] == ["u#0.0", "v"]
    assert shell.state.status is Status.FAILED


def test_after_something_was_undone_there_is_no_retry():
    shell = booked(*TRIP).run_to("fly").fail("fly")
    assert can_retry(shell.state)

    shell.run()

    assert not can_retry(shell.state)


def test_a_head_in_a_circle_registers_each_time():
    wires = ("t > saga", "saga.undo > u", "saga > if", "if.true > saga", "if.false > z")
    shell = booked(*wires)
    register(shell, "saga").complete("if", true=1)
    register(shell, "saga", "1").complete("if", "1", false=1).fail("z", "1")

    shell.run()

    assert shell.ran[-2:] == ["u#1.0", "u#0.0"]


def test_what_undoes_may_not_lead_back_into_the_workflow():
    wires = ("t > saga", "saga > a", "saga.undo > u", "u > a")

    assert draw(*wires).codes() == ["undo_leaves"]


def test_what_undoes_may_read_what_runs_beside_it_and_does_not_wait():
    drawing = draw("t > x", "t > saga", "saga.undo > u", "saga > b").reading(u="x")
    shell = Shell(drawing.graph(), behave=BOTH).start().begin("x")
    register(shell, "saga").fail("b")
    shell.report(done(StepCancelled("x", "0", 1), main=1))  # type: ignore[arg-type]
    shell.report(shell.pending()[0].then)

    assert shell.steps == ["u"]
    assert find_run(shell.graph, shell.state, RunId("u", "0"), "x") is None


def test_a_disabled_head_passes_on_and_registers_nothing():
    shell = booked(*TRIP, node={"saga2": {"disabled": True}}).run_to("fly").fail("fly")

    shell.run()

    assert shell.ran[-2:] == ["leave", "tell"]
