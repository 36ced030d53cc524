"""The result does not depend on what ended last (rule 6, there 3.9)."""

from __future__ import annotations

import pytest

from headrace.engine import leaves, result
from tests.unit.engine.drawing import draw
from tests.unit.engine.shell import Shell, by_ports


def last(shell: Shell) -> list[str]:
    return [
        f"{source.node}#{source.run}.{source.port}" for source in result(shell.graph, shell.state)
    ]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_result_is_that_of_the_last_leaf_whichever_ends_first(order):
    shell = Shell(draw("t > a", "t > b").graph()).start()

    for node in order:
        shell.complete(node)

    assert last(shell) == ["b#0.main"]


def test_a_leaf_that_did_not_run_gives_no_result():
    drawing = draw("t > if", "if.true > a", "if.false > b")

    shell = Shell(drawing.graph(), behave=by_ports(**{"if": "true"})).start().run()

    assert last(shell) == ["a#0.main"]


def test_items_on_a_port_without_a_wire_are_a_result():
    drawing = draw("t > if", "if.true > a")

    shell = Shell(drawing.graph(), behave=by_ports(**{"if": "false"})).start().run()

    assert last(shell) == ["if#0.false"]


def test_all_ports_of_a_leaf_count_in_their_order():
    shell = Shell(draw("t > if").graph(), behave=by_ports(**{"if": "false true"})).start().run()

    assert last(shell) == ["if#0.true", "if#0.false"]


def test_where_everything_was_dropped_the_result_is_empty():
    shell = Shell(draw("t > a", "a > b").graph(), behave=by_ports(a="")).start().run()

    assert last(shell) == []
    assert leaves(shell.graph, shell.state) == {}


def test_a_branch_that_dropped_everything_does_not_hide_a_leaf():
    drawing = draw("t > a", "t > b", "b > c")

    shell = Shell(drawing.graph(), behave=by_ports(b="")).start().run()

    assert last(shell) == ["a#0.main"]


def test_before_anything_ran_there_is_no_result():
    shell = Shell(draw("t > a").graph())

    assert result(shell.graph, shell.state) == ()


def test_a_trigger_alone_gives_its_own_items():
    shell = Shell(draw("t").graph()).start().run()

    assert last(shell) == ["t#0.main"]


def test_of_several_runs_of_the_last_leaf_the_last_counts():
    shell = Shell(draw("t > a", "t > b", "a > n", "b > n").graph()).start()

    shell.complete("b").complete("n", "0~1").complete("a").complete("n")

    assert last(shell) == ["n#0~1.main"]


def test_every_leaf_is_listed_in_canonical_order():
    shell = Shell(draw("t > a", "t > b", "a > z").graph()).start().run()

    assert list(leaves(shell.graph, shell.state)) == ["z", "b"]


def test_the_node_before_a_disabled_end_is_a_leaf():
    node = {"b": {"disabled": True}, "c": {"disabled": True}}

    shell = Shell(draw("t > a", "a > b", "b > c", node=node).graph()).start().run()

    assert last(shell) == ["a#0.main"]
