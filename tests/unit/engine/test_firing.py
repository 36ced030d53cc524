"""When a node runs, and how its run is named (rules 1 to 3)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from headrace.engine import NodeShape, Status
from tests.unit.engine.drawing import MERGE, MERGE3, draw
from tests.unit.engine.shell import Shell, by_ports, done


def test_nodes_run_one_after_the_other_along_a_chain():
    shell = Shell(draw("t > a", "a > b").graph()).start()

    shell.run()

    assert shell.ran == ["a", "b"]
    assert shell.got("b") == {"main": "a"}
    assert shell.state.status is Status.COMPLETED


def test_branches_are_pending_side_by_side_from_top_to_bottom():
    drawing = draw("t > low", "t > high", node={"low": {"position": [0, 900]}})

    shell = Shell(drawing.graph()).start()

    assert shell.steps == ["high", "low"]


def test_no_more_steps_are_pending_than_may_run_side_by_side():
    shell = Shell(draw("t > a", "t > b", "t > c", max_parallel_steps=2).graph()).start()

    assert shell.steps == ["a", "b"]

    shell.complete("a")

    assert shell.steps == ["b", "c"]


def test_a_node_runs_once_for_each_delivery():
    drawing = draw("t > a", "t > b", "a > n", "b > n", "n > z")

    shell = Shell(drawing.graph()).start().run()

    assert sorted(shell.ran) == ["a", "b", "n", "n#0~1", "z", "z#0~1"]
    assert shell.got("n", "0~1") == {"main": "b"}


def test_a_run_is_named_alike_whichever_branch_is_faster():
    graph = draw("t > a", "t > b", "a > n", "b > n").graph()
    shell = Shell(graph).start()

    shell.complete("b").complete("n", "0~1").complete("a")

    assert shell.steps == ["n"]
    assert shell.got("n", "0~1") == {"main": "b"}


def test_wires_into_one_node_count_by_port_then_place_then_name():
    drawing = draw("t > if", "if.false > n", "if.true > n")
    shell = Shell(drawing.graph(), behave=by_ports(**{"if": "true false"})).start()

    shell.run()

    assert shell.inputs["n", "0"][0][1][0].port == "true"
    assert shell.inputs["n", "0~1"][0][1][0].port == "false"


@pytest.mark.parametrize(("taken", "ran"), [("true", ["if", "a"]), ("false", ["if", "b"])])
def test_only_the_branch_that_got_items_runs(taken, ran):
    drawing = draw("t > if", "if.true > a", "if.false > b")

    shell = Shell(drawing.graph(), behave=by_ports(**{"if": taken})).start().run()

    assert shell.ran == ran


def test_a_port_without_items_delivers_nothing():
    shell = Shell(draw("t > a", "a > b").graph()).start()

    shell.complete("a", main=0).run()

    assert shell.ran == ["a"]
    assert shell.state.status is Status.COMPLETED


def test_a_join_waits_for_all_that_can_reach_it():
    shell = Shell(draw("t > a", "t > b", "a > join.left", "b > join.right").graph()).start()

    shell.complete("a")
    assert shell.steps == ["b"]
    shell.complete("b")

    assert shell.steps == ["join"]
    assert shell.got("join") == {"left": "a", "right": "b"}


def test_a_join_after_an_if_runs_at_once_with_one_side():
    drawing = draw("t > if", "if.true > join.left", "if.false > join.right")

    shell = Shell(drawing.graph(), behave=by_ports(**{"if": "false"})).start().run()

    assert shell.ran == ["if", "join"]
    assert shell.got("join") == {"right": "if"}


def test_a_join_that_gets_nothing_does_not_run():
    drawing = draw("t > if", "if.true > join.left", "if.true > join.right", "join > z")

    shell = Shell(drawing.graph(), behave=by_ports(**{"if": "false"})).start().run()

    assert shell.ran == ["if"]
    assert shell.state.status is Status.COMPLETED


def test_an_unrelated_branch_does_not_hold_up_a_join():
    drawing = draw("t > a", "t > slow", "a > join.left", "a > join.right")
    shell = Shell(drawing.graph()).start()

    shell.complete("a")

    assert shell.steps == ["join", "slow"]


def test_a_join_pairs_the_deliveries_of_its_ports_in_canonical_order():
    wires = ("t > a", "t > b", "t > c", "a > join.left", "b > join.left", "c > join.right")
    shell = Shell(draw(*wires).graph()).start()

    shell.complete("c").complete("b").complete("a")

    assert shell.steps == ["join", "join#0~1"]
    assert shell.got("join") == {"left": "a", "right": "c"}
    assert shell.got("join", "0~1") == {"left": "b"}


def test_two_joins_that_could_wait_for_each_other_both_run():
    wires = ("t > if", "if.true > join.left", "if.false > join2.left", "join > join2.right")
    drawing = draw(*wires, "t > join.right", shapes={"join2": MERGE})

    shell = Shell(drawing.graph(), behave=by_ports(**{"if": "true"})).start().run()

    assert shell.ran == ["if", "join", "join2"]
    assert shell.got("join2") == {"right": "join"}


def test_a_run_behind_a_doubled_node_is_doubled_too():
    wires = (
        "t > a",
        "t > b",
        "a > n",
        "b > n",
        "n > join.left",
        "n > join.middle",
        "a > join.right",
    )
    drawing = draw(*wires, shapes={"join": MERGE3})

    shell = Shell(drawing.graph()).start().run()

    assert shell.got("join", "0") == {"left": "n", "middle": "n", "right": "a"}
    assert shell.got("join", "0~1") == {"left": "n#0~1", "middle": "n#0~1"}


def test_a_thousand_nodes_in_a_row_close_without_deep_recursion():
    names = ["t", *(f"n{i}" for i in range(1500))]
    wires = [f"{a} > {b}" for a, b in pairwise(names)]

    shell = Shell(draw(*wires).graph()).start()
    shell.complete("n0", main=0)

    assert shell.state.is_settled


def test_another_trigger_and_what_hangs_on_it_stay_silent():
    drawing = draw("t > a", "t2 > b", "a > z", "b > z")

    shell = Shell(drawing.graph(), trigger="t2").start().run()

    assert shell.ran == ["b", "z#0~1"]


def test_a_completion_needs_no_start_in_the_log():
    """Rule 17: a run that starts and ends between two flushes is one event."""
    shell = Shell(draw("t > a", "a > b").graph()).start()

    shell.report(done(shell.step("a"), main=2))

    assert shell.steps == ["b"]
    assert shell.inputs["b", "0"][0][1][0].items == 2


def test_a_node_with_several_plain_inputs_runs_per_delivery():
    shapes = {"n": NodeShape(("one", "two"), ("main",))}

    shell = Shell(draw("t > a", "a > n.one", "a > n.two", shapes=shapes).graph()).start().run()

    assert shell.ran == ["a", "n", "n#0~1"]
    assert shell.got("n", "0~1") == {"two": "a"}
