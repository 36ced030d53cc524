"""Expressions that read other nodes see their own past only (rule 4)."""

from __future__ import annotations

from headrace.engine import RunId, find_run
from tests.unit.engine.drawing import ANY, draw
from tests.unit.engine.shell import Shell, by_ports

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


def test_a_loop_waits_for_what_its_body_reads():
    wires = ("t > x", "t > loop", "loop.loop > n", "n > loop")
    shell = Shell(draw(*wires).reading(n="x").graph()).start()

    assert shell.steps == ["x"]
    shell.complete("x").complete("loop", loop=2)

    assert seen(shell, "n", "x") == "0"


def test_a_circle_waits_for_what_its_nodes_read():
    shell = Shell(draw("t > x", "t > a", "a > b", "b > a").reading(b="x").graph()).start()

    assert shell.steps == ["x"]
    shell.complete("x")

    assert shell.steps == ["a"]


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
    assert seen(shell, "n", "if", "1") is None


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
