"""Bounds on how much may run (rule 7)."""

from __future__ import annotations

from headrace.engine import Limits, Status, can_retry, check_graph
from tests.unit.engine.drawing import MERGE, draw
from tests.unit.engine.shell import Shell


def diamonds(number: int) -> list[str]:
    wires = ["t > n0"]
    for i in range(number):
        wires += [f"n{i} > x{i}", f"n{i} > y{i}", f"x{i} > n{i + 1}", f"y{i} > n{i + 1}"]
    return wires


def test_an_execution_with_too_many_runs_fails_and_names_the_busiest_node():
    shell = Shell(draw(*diamonds(6), max_runs=50).graph()).start().run()

    assert shell.state.status is Status.FAILED
    assert shell.state.stop.error.code == "run_budget"
    assert shell.state.stop.error.node in shell.graph.nodes
    assert "50" in shell.state.stop.error.message
    assert not shell.state.runs
    assert not can_retry(shell.state)


def test_branches_that_are_never_merged_earn_a_warning_where_they_pass_the_bound():
    problems = draw(*diamonds(9)).problems()

    assert [(p.code, p.severity, p.node) for p in problems] == [("many_runs", "warning", "n7")]
    assert "128" in problems[0].message
    assert "Merge" in problems[0].message


def test_a_warning_does_not_keep_a_graph_from_compiling():
    graph = draw(*diamonds(7)).graph()

    assert [warning.code for warning in graph.warnings] == ["many_runs"]


def test_branches_that_are_merged_earn_no_warning():
    wires = ["t > n0"]
    for i in range(9):
        wires += [f"n{i} > n{i + 1}.left", f"n{i} > n{i + 1}.right"]
    merges = {f"n{i}": MERGE for i in range(1, 10)}

    assert draw(*wires, shapes=merges).problems() == ()


def test_the_warning_counts_one_turn_of_a_loop():
    wires = ["t > loop", "loop.loop > a", "a > loop", "loop.done > z"]

    assert draw(*wires).problems() == ()


def test_a_loop_that_is_entered_often_does_not_multiply_what_runs_in_a_turn():
    wires = [*diamonds(5), "n5 > loop", "loop.loop > a", "loop.loop > b", "loop.loop > c"]

    assert draw(*wires, "a > z", "b > z", "c > z", "z > loop").problems() == ()


def test_a_number_of_runs_beyond_counting_is_said_to_be_very_often():
    drawing = draw(*diamonds(40))

    found = check_graph(
        drawing.document, drawing.shapes, limits=Limits(runs_without_loop=10**9 - 1)
    )

    assert [problem.node for problem in found] == ["n30"]
    assert "very often" in found[0].message
