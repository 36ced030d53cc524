"""Expressions that read other nodes see their own past only (rule 4)."""

from __future__ import annotations

import pytest

from headrace.engine import NodeShape, RunId, find_run
from tests.unit.engine.drawing import ANY, draw
from tests.unit.engine.shell import Shell, by_ports, turns, until

BESIDE = ("t > x", "t > n", "n > z")


def seen(shell: Shell, reader: str, node: str, run: str = "0") -> str | None:
    found = find_run(shell.graph, shell.state, RunId(reader, run), node)
    return found and found.key.text


def test_a_node_that_reads_another_branch_waits_for_it():
    shell = Shell(draw(*BESIDE).reading(n="x").graph()).start()

    assert shell.steps == ["x"]
    shell.complete("x")

    assert shell.steps == ["n"]
    assert seen(shell, "n", "x") == "0"


def test_a_node_that_reads_a_branch_not_taken_does_not_wait_for_ever():
    wires = ("t > if", "if.true > x", "if.false > n")

    shell = Shell(draw(*wires).reading(n="x").graph(), behave=by_ports(**{"if": "false"})).start()
    shell.complete("if", false=1)

    assert shell.steps == ["n"]
    assert seen(shell, "n", "x") is None


def test_a_node_that_reads_its_own_ancestor_waits_for_nothing_else():
    shell = Shell(draw("t > x", "x > y", "x > n", "y > m").reading(n="x t").graph()).start()

    shell.complete("x")

    assert sorted(shell.steps) == ["n", "y"]
    assert seen(shell, "n", "x") == "0"
    assert seen(shell, "n", "t") == "0"


def test_a_run_does_not_see_an_ancestor_of_its_node_that_is_not_its_own():
    shell = Shell(draw("t > x", "t > n", "x > n").reading(n="x").graph()).start()

    shell.complete("x")

    assert [seen(shell, "n", "x", run) for run in ("0", "0~1")].count(None) == 1


def test_a_join_that_reads_waits_too_and_an_early_join_is_no_exception():
    drawing = draw("t > x", "t > first.left", "t > first.right", shapes={"first": ANY})
    shell = Shell(drawing.reading(first="x").graph()).start()

    assert shell.steps == ["x"]
    shell.complete("x")

    assert shell.steps == ["first"]


def test_a_node_in_a_loop_waits_for_what_it_reads_outside_and_holds_nothing_else():
    wires = ("t > x", "t > loop", "loop.loop > a", "a > n", "n > loop")
    shell = Shell(draw(*wires).reading(n="x").graph()).start()

    shell.complete("loop", loop=2).complete("a")
    assert shell.steps == ["x"]
    shell.complete("x")

    assert shell.steps == ["n"]
    assert seen(shell, "n", "x") == "0"
    shell.complete("n").complete("a", "1")
    assert shell.steps == ["n#1"]


def test_turns_that_are_open_side_by_side_wait_together_for_what_they_read():
    shape = NodeShape(("main",), ("loop", "done"), loop="items", concurrency=3)
    wires = ("t > x", "x > y", "t > each", "each.loop > n", "n > each", "each.done > z")
    drawing = draw(*wires, shapes={"each": shape}).reading(n="y")
    shell = Shell(drawing.graph()).start()

    shell.complete("each", loop=3).complete("x")
    assert shell.steps == ["y"]
    shell.complete("y", main=0)

    assert shell.steps == ["n", "n#1", "n#2"]
    shell.run()
    assert shell.ran[-1] == "z"


def test_a_loop_in_a_loop_waits_only_where_it_reads():
    wires = (
        "t > loop",
        "loop.loop > x",
        "loop.loop > loop2",
        "loop2.loop > n",
        "n > loop2",
        "loop2.done > loop",
    )
    shell = Shell(draw(*wires).reading(n="x").graph()).start()

    shell.complete("loop", loop=2).complete("loop2", loop=1)
    assert shell.steps == ["x"]
    shell.complete("x")

    assert shell.steps == ["n#0.0"]
    assert seen(shell, "n", "x", "0.0") == "0"


def test_a_node_in_a_circle_waits_for_what_it_reads():
    shell = Shell(draw("t > x", "t > a", "a > b", "b > a").reading(b="x").graph()).start()

    shell.complete("a")
    assert shell.steps == ["x"]
    shell.complete("x")

    assert shell.steps == ["b"]


def test_a_node_in_a_loop_that_reads_what_comes_after_the_loop_is_refused():
    wires = ("t > loop", "loop.loop > n", "n > loop", "loop.done > x")

    assert draw(*wires).reading(n="x").codes() == ["reads_cycle"]


def test_a_node_in_a_loop_sees_the_run_of_its_own_turn():
    wires = ("t > p", "p > loop", "loop.loop > a", "a > n", "n > loop")
    shell = Shell(draw(*wires).reading(n="a p loop").graph()).start()

    shell.complete("p").complete("loop", loop=2).complete("a").complete("n").complete("a", "1")

    assert seen(shell, "n", "a", "1") == "1"
    assert seen(shell, "n", "p", "1") == "0"
    assert seen(shell, "n", "loop", "1") == "0"


def test_a_node_in_a_circle_sees_what_ran_before_it_in_every_turn():
    drawing = draw("t > p", "p > n", "n > if", "if.true > n").reading(n="p if")
    shell = Shell(drawing.graph()).start()

    shell.complete("p").complete("n").complete("if", true=1)

    assert seen(shell, "n", "p", "1") == "0"
    assert seen(shell, "n", "if", "1") == "0"


def test_after_a_circle_its_last_turn_and_what_came_before_it_are_seen():
    wires = ("t > p", "p > a", "a > if", "if.true > a", "if.false > z")
    shell = Shell(draw(*wires).reading(z="p a if").graph(), behave=until(2)).start()

    shell.run_to("z#2")

    assert [seen(shell, "z", node, "2") for node in ("p", "a", "if")] == ["0", "2", "2"]


def test_after_a_loop_its_last_turn_is_seen():
    wires = ("t > p", "p > loop", "loop.loop > a", "a > b", "a > c", "b > loop", "loop.done > z")
    shell = Shell(draw(*wires).reading(z="p a b c loop").graph(), behave=turns(3)).start()

    shell.run_to("z")

    found = {node: seen(shell, "z", node) for node in ("p", "a", "b", "c", "loop")}
    assert found == {"p": "0", "a": "2", "b": "2", "c": "2", "loop": "0"}


def test_after_a_loop_of_a_while_node_its_last_turn_is_seen():
    wires = ("t > p", "p > while", "while.loop > if", "if.true > while", "while.done > z")
    drawing = draw(*wires).reading(z="p if while")
    shell = Shell(drawing.graph(), behave=until(2)).start()

    shell.run_to("z")

    found = {node: seen(shell, "z", node) for node in ("p", "if", "while")}
    assert found == {"p": "0", "if": "2", "while": "2"}


def test_of_a_loop_in_a_loop_the_last_turn_of_both_is_seen():
    wires = (
        "t > loop",
        "loop.loop > loop2",
        "loop2.loop > a",
        "a > loop2",
        "loop2.done > b",
        "b > loop",
        "loop.done > z",
    )
    shell = Shell(draw(*wires).reading(z="a b", b="a").graph(), behave=turns(2)).start()

    shell.run_to("b#1")
    assert seen(shell, "b", "a", "1") == "1.1"
    shell.run_to("z")

    assert [seen(shell, "z", node) for node in "ab"] == ["1.1", "1"]


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_what_leaves_a_loop_in_a_turn_still_sees_that_turn_when_others_are_over(turn):
    wires = ("t > loop", "loop.loop > a", "a > b", "b > loop", "b > n", "t > n")
    drawing = draw(*wires).reading(n="a")

    shell = Shell(drawing.graph(), behave=turns(3)).start()
    shell.run_to("n", "n#0~1.0", "n#0~1.1", "n#0~1.2")

    assert seen(shell, "n", "a", f"0~1.{turn}") == str(turn)


def test_of_several_runs_in_the_past_the_last_in_canonical_order_is_seen():
    wires = ("t > a", "t > b", "a > x", "b > x", "x > join.left", "x > join.right", "join > n")
    shell = Shell(draw(*wires, "t > n2").reading(n="x", n2="x").graph()).start()

    shell.complete("b").complete("a").complete("x", "0~1").complete("x")

    assert seen(shell, "n2", "x") == "0~1"


def test_two_nodes_that_read_each_other_are_refused():
    drawing = draw("t > a", "t > b").reading(a="b", b="a")

    assert drawing.codes() == ["reads_cycle", "reads_cycle"]


def test_a_node_that_reads_a_later_one_is_refused_in_parallel_order():
    problems = draw("t > a", "a > b").reading(a="b").problems()

    assert [(problem.code, problem.node) for problem in problems] == [("reads_cycle", "a")]
    assert "sequential" in problems[0].message


def test_in_sequential_order_a_node_reads_what_has_run_so_far():
    drawing = draw("t > a", "t > b", order="sequential").reading(a="b", b="a", c="nobody")
    shell = Shell(drawing.graph()).start()

    assert seen(shell, "a", "b") is None
    shell.complete("a")

    assert seen(shell, "b", "a") == "0"


def test_a_disabled_node_and_unknown_names_read_nothing():
    drawing = draw(*BESIDE, node={"n": {"disabled": True}}).reading(n="x", z="Nobody", ghost="x")

    assert Shell(drawing.graph()).start().steps == ["x", "z"]


def test_a_node_may_be_read_by_two_others_and_read_two():
    drawing = draw("t > x", "t > y", "t > n", "t > m").reading(n="x y", m="x")
    shell = Shell(drawing.graph()).start()

    shell.complete("x")
    assert sorted(shell.steps) == ["m", "y"]
    shell.complete("y")

    assert sorted(shell.steps) == ["m", "n"]
