"""Loops, drawn with a loop node or just as a circle (rules 1, 3 and 7)."""

from __future__ import annotations

import pytest

from headrace.engine import (
    EndedTurn,
    NodeShape,
    RunId,
    Source,
    Status,
    StepCancelled,
    StepCompleted,
)
from tests.unit.engine.drawing import IF, MERGE, Drawing, draw
from tests.unit.engine.shell import Shell, by_ports, turns, until

EACH = draw("t > loop", "loop.loop > a", "a > loop", "loop.done > z")
LIMITED = {"while": NodeShape(("main",), ("loop", "done", "limit"), loop="while")}
COUNTED = ("t > while", "while.loop > a", "a > while", "while.done > z", "while.limit > y")
POLL = draw("t > a", "a > if", "if.true > a", "if.false > z")


def test_a_loop_runs_its_body_for_each_batch_and_then_goes_on():
    shell = Shell(EACH.graph(), behave=turns(5, batch_size=2)).start().run()

    assert shell.ran == ["loop", "a", "a#1", "a#2", "z"]
    assert [source.items for source in shell.inputs["a", "2"][0][1]] == [1]
    assert [source.batch for source in shell.inputs["a", "2"][0][1]] == [2]
    assert shell.inputs["z", "0"][0][1][0][2:4] == ("done", 3)


def test_a_step_knows_the_turn_of_its_innermost_loop():
    shell = Shell(EACH.graph()).start()

    shell.complete("loop", loop=3).complete("a").complete("a", "1")

    assert shell.step("a", "2").turn == 2


def test_a_loop_over_nothing_goes_on_with_nothing():
    shell = Shell(EACH.graph(), behave=turns(0)).start().run()

    assert shell.ran == ["loop", "z"]


@pytest.mark.parametrize("outputs", [{}, {"loop": 0}])
@pytest.mark.parametrize("head", ["loop", "try"])
def test_a_head_that_has_no_items_for_its_body_is_done_at_once(head, outputs):
    shell = Shell(draw(f"t > {head}", f"{head}.loop > a", f"{head}.done > z").graph()).start()

    shell.report(StepCompleted(head, "0", 1, outputs))

    assert shell.steps == ["z"]


@pytest.mark.parametrize("head", ["loop", "try", "while"])
def test_a_head_that_was_stopped_by_itself_leads_nowhere(head):
    shell = Shell(draw(f"t > {head}", f"{head}.loop > a", f"{head}.done > z").graph()).start()
    shell.begin(head)

    shell.report(StepCancelled(head, "0", 1))

    assert shell.run().ran == []
    assert shell.state.status is Status.COMPLETED


def test_a_while_node_that_was_stopped_before_a_turn_ends_its_loop():
    shell = Shell(draw(*COUNTED, shapes=LIMITED).graph()).start()
    shell.complete("while", loop=1).complete("a").begin("while#1")

    shell.report(StepCancelled("while", "1", 1))

    assert shell.run().ran == ["while", "a"]
    assert shell.state.status is Status.COMPLETED


def test_a_loop_whose_items_are_all_dropped_still_goes_on():
    """Rule 1, counter-example c."""
    shell = Shell(EACH.graph(), behave=turns(3, a="")).start().run()

    assert shell.ran == ["loop", "a", "a#1", "a#2", "z"]
    assert shell.inputs["z", "0"][0][1][0].items == 0


def test_turns_run_side_by_side_up_to_the_loop_s_concurrency():
    shape = NodeShape(("main",), ("loop", "done"), loop="items", concurrency=2)
    drawing = draw("t > each", "each.loop > a", "a > each", shapes={"each": shape})
    shell = Shell(drawing.graph()).start()

    shell.complete("each", loop=3)
    assert shell.steps == ["a", "a#1"]
    shell.complete("a", "1")

    assert shell.steps == ["a", "a#2"]


def test_a_join_in_a_loop_pairs_within_its_own_turn():
    """Rule 1, counter-example b."""
    wires = ("loop.loop > a", "a > b", "a > c", "b > join.left", "c > join.right", "b > loop")
    shell = Shell(draw("t > loop", *wires).graph(), behave=turns(2)).start()

    shell.complete("loop", loop=2).complete("a").complete("b")
    assert shell.steps == ["c"]
    shell.run()

    assert shell.got("join", "1") == {"left": "b#1", "right": "c#1"}


def test_joins_that_feed_each_other_through_the_way_back_do_not_lock():
    """Rule 1, counter-example a."""
    wires = (
        "t > loop",
        "loop.loop > a",
        "loop.loop > b",
        "a.true > ja.left",
        "a.false > ja.right",
        "b.true > jb.left",
        "b.false > jb.right",
        "ja > jc.left",
        "jb > jc.right",
        "jc > loop",
    )
    shapes = {"a": IF, "b": IF, "ja": MERGE, "jb": MERGE, "jc": MERGE}
    behave = turns(2, a="true", b="false")

    shell = Shell(draw(*wires, shapes=shapes).graph(), behave=behave).start().run()

    assert shell.state.status is Status.COMPLETED
    assert shell.got("jc", "1") == {"left": "ja#1", "right": "jb#1"}


def test_an_inner_loop_starts_anew_in_every_turn_of_the_outer():
    wires = ("t > loop", "loop.loop > loop2", "loop2.loop > a", "a > loop2", "loop2.done > loop")

    shell = Shell(draw(*wires).graph(), behave=turns(2)).start().run()

    ran = [run for run in shell.ran if run.startswith("a")]
    assert ran == ["a#0.0", "a#0.1", "a#1.0", "a#1.1"]


def test_two_entries_into_a_loop_are_two_loops_that_do_not_mix():
    wires = ("t > p", "t > q", "p > loop", "q > loop", "loop.loop > a", "a > loop", "loop.done > z")

    shell = Shell(draw(*wires).graph(), behave=turns(1)).start().run()

    assert sorted(run for run in shell.ran if run[0] in "az") == ["a", "a#0~1", "z", "z#0~1"]


def test_a_wire_out_of_a_loop_delivers_in_every_turn():
    drawing = draw("t > loop", "t > b", "loop.loop > a", "a > loop", "a > n", "b > n")

    shell = Shell(drawing.graph(), behave=turns(2)).start().run()

    assert sorted(run for run in shell.ran if run[0] == "n") == ["n", "n#0~1.0", "n#0~1.1"]
    assert shell.got("n", "0~1.1") == {"main": "a#1"}


def test_a_loop_that_leads_nowhere_is_passed_through():
    shell = Shell(draw("t > loop", "loop.done > z").graph(), behave=turns(3)).start().run()

    assert shell.ran == ["loop", "z"]


def test_a_circle_goes_on_while_something_comes_back():
    """Rule 3: polling."""
    shell = Shell(POLL.graph(), behave=until(2)).start().run()

    assert shell.ran == ["a", "if", "a#1", "if#1", "a#2", "if#2", "z#2"]
    assert shell.got("a", "1") == {"main": "if"}


def test_a_circle_through_a_join_joins_what_enters_and_what_comes_back():
    wires = ("t > p", "t > join.right", "p > join.left", "join > if", "if.true > join.left")

    shell = Shell(draw(*wires).graph(), behave=until(1)).start().run()

    assert shell.got("join", "0") == {"left": "p", "right": "t"}
    assert shell.got("join", "1") == {"left": "if"}


def test_a_node_may_lead_back_to_itself():
    drawing = draw("t > if", "if.true > if", "if.false > z")

    shell = Shell(drawing.graph(), behave=until(2)).start().run()

    assert shell.ran == ["if", "if#1", "if#2", "z#2"]


def test_a_loop_without_a_body_may_lead_straight_back():
    drawing = draw("t > loop", "loop.loop > loop", "loop.done > z")

    shell = Shell(drawing.graph(), behave=turns(3)).start().run()

    assert shell.ran == ["loop", "z"]
    assert shell.got("z") == {"main": "loop"}


def test_a_while_node_passes_its_last_input_on_when_nothing_comes_back():
    wires = ("t > while", "while.loop > if", "if.true > while", "while.done > z")

    shell = Shell(draw(*wires).graph(), behave=until(1)).start().run()

    assert shell.ran == ["while", "if", "while#1", "if#1", "z"]
    assert shell.got("if", "1") == {"main": "while#1"}
    assert shell.got("z") == {"main": "while#1"}


def test_a_while_node_may_decide_against_its_body():
    drawing = draw("t > while", "while.loop > a", "a > while", "while.done > z")

    shell = Shell(drawing.graph(), behave=by_ports(**{"while": "done"})).start().run()

    assert shell.ran == ["while", "z"]


def test_a_while_node_is_asked_before_each_turn_and_decides_by_the_port_it_answers_on():
    shell = Shell(draw(*COUNTED, shapes=LIMITED).graph()).start()

    shell.complete("while", loop=2).complete("a", main=3)
    assert shell.step("while", "1").turn == 1
    assert shell.got("while", "1") == {"main": "a"}
    shell.complete("while", "1", done=3)

    assert shell.steps == ["z"]
    assert shell.got("z") == {"main": "while#1"}


def test_a_while_node_in_a_loop_counts_its_own_turns():
    wires = ("t > loop", "loop.loop > while", "while.loop > a", "a > while", "while.done > loop")
    shell = Shell(draw(*wires).graph()).start()

    shell.complete("loop", loop=2).complete("while", done=1)
    assert shell.step("while", "1").turn == 0
    shell.complete("while", "1", loop=1).complete("a", "1.0")

    assert shell.step("while", "1.1").turn == 1


@pytest.mark.parametrize("answer", ["loop", "limit"])
def test_what_turns_too_often_leaves_by_the_port_for_that(answer):
    """Rule 7: by the node's own count, or by the bound that its settings give."""
    drawing = draw(*COUNTED, shapes=LIMITED, node={"while": {"settings": {"max_iterations": 2}}})
    shell = Shell(drawing.graph()).start()

    shell.complete("while", loop=1).complete("a").complete("while", "1", loop=1)
    shell.complete("a", "1").complete("while", "2", **{answer: 1})

    assert shell.steps == ["y"]
    assert shell.got("y") == {"main": "while#2"}


@pytest.mark.parametrize("answer", ["loop", "limit"])
def test_what_turns_too_often_fails_where_nothing_takes_it(answer):
    drawing = draw(
        *COUNTED[:-1], shapes=LIMITED, node={"while": {"settings": {"max_iterations": 1}}}
    )
    shell = Shell(drawing.graph()).start()

    shell.complete("while", loop=1).complete("a").complete("while", "1", **{answer: 1})

    assert shell.state.stop.error.code == "max_iterations"
    assert "within 1 turns" in shell.state.stop.error.message


def test_a_loop_tells_what_each_turn_gave_once():
    shell = Shell(EACH.graph()).start()
    shell.complete("loop", loop=2)

    shell.complete("a", main=2)
    assert shell.state.ended == [
        EndedTurn(RunId("loop", "0"), 0, (Source("a", "0", "main", 2),)),
    ]
    shell.report(shell.step("a", "1").started())

    assert shell.state.ended == []


def test_an_endless_circle_fails_at_its_bound():
    drawing = draw("t > a", "a > b", "b > a", node={"a": {"settings": {"max_iterations": 3}}})

    shell = Shell(drawing.graph()).start().run()

    assert shell.state.status is Status.FAILED
    assert shell.state.stop.error.code == "max_iterations"
    assert shell.state.stop.error.node == "a"
    assert shell.ran == ["a", "b", "a#1", "b#1", "a#2", "b#2"]


@pytest.mark.parametrize("drawing", [EACH, POLL])
def test_the_state_does_not_grow_with_the_turns_that_are_over(drawing: Drawing):
    """Rule 39: the size of the state is independent of finished iterations."""
    shell = Shell(drawing.graph(), behave=turns(900) if drawing is EACH else until(900)).start()

    shell.run(1000)

    state = shell.state
    assert state.runs_total > 200
    assert len(state.scopes) == 2
    assert sum(len(scope.finished) for scope in state.scopes.values()) <= 4
    assert len(state.runs) == 1


def test_a_failing_loop_node_leaves_by_its_error_port_only():
    node = {"loop": {"settings": {"on_error": "error_port"}}}
    drawing = draw("t > loop", "loop.loop > a", "a > loop", "loop.error > z", node=node)
    shell = Shell(drawing.graph()).start()

    shell.complete("loop", error=1)

    assert shell.steps == ["z"]


def test_a_disabled_loop_passes_to_done_and_never_runs_its_body():
    """Rule 37."""
    wires = ("t > loop", "loop.loop > a", "a > loop", "loop.done > z")

    shell = Shell(draw(*wires, node={"loop": {"disabled": True}}).graph()).start().run()

    assert shell.ran == ["z"]
    assert shell.got("z") == {"main": "t"}


def test_the_end_of_a_loop_that_nothing_follows_is_the_result():
    drawing = draw("t > loop", "loop.loop > a", "a > loop")

    shell = Shell(drawing.graph(), behave=turns(2)).start().run()

    assert shell.state.leaves["loop"].outputs == {"done": 2}


def test_a_node_fed_by_two_loops_runs_outside_of_both():
    wires = ("t > loop", "t > loop2", "loop.loop > n", "loop2.loop > n")

    shell = Shell(draw(*wires).graph(), behave=turns(1)).start().run()

    assert shell.graph.nodes["n"].scope == ()
    assert sorted(run for run in shell.ran if run[0] == "n") == ["n", "n#0~1.0"]
