"""Zero items, always output, execute once, disabled and pinned nodes (rule 37)."""

from __future__ import annotations

import pytest

from headrace.engine import InvalidGraph, UnknownTrigger, UsePin
from tests.unit.engine.drawing import LOOP, draw
from tests.unit.engine.shell import Shell, by_ports, done

OFF = {"disabled": True}


def test_always_output_sends_one_item_where_there_was_none():
    node = {"a": {"settings": {"always_output": True}}}
    shell = Shell(draw("t > a", "a > b", node=node).graph()).start()

    shell.report(done(shell.step("a")))

    assert shell.inputs["b", "0"][0][1][0].items == 1


def test_always_output_adds_nothing_where_items_are():
    node = {"a": {"settings": {"always_output": True}}}
    shell = Shell(draw("t > a", "a > b", node=node).graph()).start()

    shell.complete("a", main=3)

    assert shell.inputs["b", "0"][0][1][0].items == 3


def test_execute_once_marks_the_command():
    node = {"a": {"settings": {"execute_once": True}}}

    shell = Shell(draw("t > a", "t > b", node=node).graph()).start()

    assert shell.step("a").execute_once
    assert not shell.step("b").execute_once


def test_a_disabled_node_passes_its_input_on_without_a_run():
    shell = Shell(draw("t > a", "a > b", "b > c", node={"b": OFF}).graph()).start().run()

    assert shell.ran == ["a", "c"]
    assert shell.got("c") == {"main": "a"}


def test_a_disabled_if_passes_to_its_first_port():
    drawing = draw("t > if", "if.true > a", "if.false > b", node={"if": OFF})

    assert Shell(drawing.graph()).start().steps == ["a"]


def test_a_disabled_join_passes_each_delivery_of_its_first_port():
    wires = (
        "t > a",
        "t > b",
        "t > c",
        "a > join.left",
        "b > join.left",
        "c > join.right",
        "join > z",
    )

    shell = Shell(draw(*wires, node={"join": OFF}).graph()).start().run()

    assert sorted(shell.ran) == ["a", "b", "c", "z", "z#0~1"]
    assert shell.got("z") == {"main": "a"}
    assert shell.got("z", "0~1") == {"main": "b"}


def test_a_disabled_trigger_never_fires():
    graph = draw("t > a", "t2 > a", node={"t": OFF}).graph()

    with pytest.raises(UnknownTrigger, match="t"):
        Shell(graph, trigger="t")


def test_a_disabled_circle_ends_at_its_bound():
    settings = {"disabled": True, "settings": {"max_iterations": 5}}
    drawing = draw("t > a", "a > b", "b > a", node={"a": settings, "b": OFF})

    shell = Shell(drawing.graph()).start()

    assert shell.pending()[0].error.code == "max_iterations"


def test_a_pinned_node_is_completed_with_its_pin():
    shell = Shell(draw("t > a", "a > b").graph(), pins=frozenset({"a"})).start()

    assert shell.pending() == (UsePin("a", "0", 1, "main"),)
    assert shell.pending()[0].id == "pin:a:0"
    shell.run()

    assert shell.ran == ["a", "b"]


def test_a_pin_holds_in_every_run_of_the_node():
    drawing = draw("t > a", "t > b", "a > n", "b > n")

    shell = Shell(drawing.graph(), pins=frozenset({"n"})).start().complete("a").complete("b")

    assert [type(command) for command in shell.pending()] == [UsePin, UsePin]


def test_a_pin_on_a_loop_is_ignored_in_a_run_and_refused_in_a_document():
    drawing = draw("t > loop")

    shell = Shell(drawing.graph(), pins=frozenset({"loop"})).start()

    assert shell.steps == ["loop"]
    assert shell.step("loop").node == "loop"
    drawing.document["pins"] = {"loop": [{"json": {}}]}
    with pytest.raises(InvalidGraph) as refused:
        drawing.graph()
    assert [problem.code for problem in refused.value.problems] == ["pinned_loop"]


def test_a_disabled_node_that_is_read_counts_as_not_run():
    shapes = {"each": LOOP}
    drawing = draw("t > each", "each.done > z", shapes=shapes, node={"each": OFF})

    shell = Shell(drawing.graph(), behave=by_ports()).start().run()

    assert shell.ran == ["z"]
