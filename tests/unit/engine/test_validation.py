"""Every fault of a document is named, with its place and what to do; none raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.engine import (
    InvalidGraph,
    Limits,
    NodeShape,
    Problem,
    Socket,
    Tie,
    check_graph,
    compile_graph,
)
from tests.unit.engine.drawing import ACTION, TRIGGER, draw

CHAIN = draw("t > a", "a > b", "b > c")
_AGENT = NodeShape(
    ("main",),
    ("main",),
    lends=(("tool", "tool"),),
    takes=(Socket("model", "model"), Socket("tools", "tool")),
)
_MODEL = NodeShape((), (), lends=(("model", "model"),))
LENDING = {
    **dict.fromkeys(("agent", "agent2", "agent3"), _AGENT),
    **dict.fromkeys(("gpt", "other"), _MODEL),
    "mail": NodeShape(("main",), ("main",), lends=(("tool", "tool"),)),
}
"""Agents, models and a tool."""


def found(drawing) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in drawing.problems()}


def changed(path: str, value: Any) -> set[tuple[str, str]]:
    """What is wrong with the chain once one value is put in, or taken out with `...`."""
    drawing = draw("t > a", "a > b")
    where: Any = drawing.document
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")[1:]]
    for part in parents:
        where = where.setdefault(part, {}) if isinstance(where, dict) else where[part]
    if value is ...:
        del where[last]
    else:
        where[last] = value
    return found(drawing)


def test_a_sound_document_has_no_problem():
    assert CHAIN.problems() == ()


@pytest.mark.parametrize("document", [None, 3, "text", [], True])
def test_a_document_must_be_an_object(document):
    problems = check_graph(document, {})

    assert [(problem.code, problem.path) for problem in problems] == [("invalid_format", "")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/format", "headrace/2"),
        ("/format", ...),
        ("/name", 7),
        ("/nodes", {}),
        ("/nodes", ...),
        ("/edges", None),
        ("/settings", []),
        ("/pins", [1]),
        ("/notes", "x"),
        ("/groups", 1),
        ("/nodes/1", "a"),
        ("/nodes/1/id", ...),
        ("/nodes/1/id", "a b"),
        ("/nodes/1/id", "a^"),
        ("/nodes/1/id", 5),
        ("/nodes/1/name", ""),
        ("/nodes/1/name", "x" * 201),
        ("/nodes/1/type", ...),
        ("/nodes/1/version", True),
        ("/nodes/1/version", 0),
        ("/nodes/1/position", [1]),
        ("/nodes/1/position", [1, float("nan")]),
        ("/nodes/1/position", [1, 10**400]),
        ("/nodes/1/params", []),
        ("/nodes/1/settings", []),
        ("/nodes/1/credentials", "x"),
        ("/nodes/1/disabled", "yes"),
        ("/edges/0", 1),
        ("/edges/0/from", ["t"]),
        ("/edges/0/to", ["t", 1]),
        ("/edges/0/to", ...),
        ("/pins/a", [{"main": 1}]),
        ("/pins/a~1b", "x"),
    ],
)
def test_a_wrong_json_type_is_a_problem_of_the_format(path, value):
    pointer = path.replace("~", "~0")

    assert ("invalid_format", pointer) in changed(path, value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/settings/order", "random"),
        ("/settings/timeout_s", 0),
        ("/settings/timeout_s", "60"),
        ("/settings/deadline_s", float("inf")),
        ("/settings/max_runs", 1.5),
        ("/settings/max_parallel_steps", 0),
        ("/nodes/1/settings/on_error", "ignore"),
        ("/nodes/1/settings/always_output", 1),
        ("/nodes/1/settings/execute_once", None),
        ("/nodes/1/settings/timeout_s", -1),
        ("/nodes/1/settings/max_iterations", 0),
        ("/nodes/1/settings/retry", 3),
        ("/nodes/1/settings/retry/max_attempts", 0),
        ("/nodes/1/settings/retry/max_attempts", True),
        ("/nodes/1/settings/retry/initial_s", -1),
        ("/nodes/1/settings/retry/factor", 0.5),
        ("/nodes/1/settings/retry/max_s", "1"),
        ("/nodes/1/settings/retry/jitter", 0.5),
    ],
)
def test_a_bad_setting_is_named(path, value):
    assert changed(path, value) == {("invalid_setting", path)}


@pytest.mark.parametrize("value", [None, 30, 0.5])
def test_a_time_limit_may_be_null(value):
    assert changed("/nodes/1/settings/timeout_s", value) == set()


def test_settings_of_others_are_left_alone():
    assert changed("/settings/timezone", "Europe/Berlin") == set()


def test_a_node_s_own_problems_name_the_node():
    drawing = draw("t > a", node={"a": {"settings": {"on_error": "x"}, "name": ""}})

    assert {problem.node for problem in drawing.problems()} == {"a"}


@pytest.mark.parametrize(
    ("wires", "code", "path"),
    [
        (["t > a", "a > ghost"], "dangling_edge", "/edges/1"),
        (["t > a", "ghost > a"], "dangling_edge", "/edges/1"),
        (["t > a", "a.nope > b"], "unknown_port", "/edges/1"),
        (["t > a", "a > b.nope"], "unknown_port", "/edges/1"),
        (["t > a", "a > t"], "edge_into_trigger", "/edges/1"),
        (["t > a", "t > a"], "duplicate_edge", "/edges/1"),
        (["t > a", "a.error > b"], "unknown_port", "/edges/1"),
        (["a > b"], "no_trigger", "/nodes"),
        (["t > a", "b > c", "c > b"], "irreducible_cycle", "/nodes/2"),
    ],
)
def test_a_fault_of_the_graph_is_named(wires, code, path):
    drawing = draw(*wires)
    drawing.document["nodes"] = [n for n in drawing.document["nodes"] if n["id"] != "ghost"]

    assert found(drawing) == {(code, path)}


def test_the_refusal_of_a_cycle_names_its_nodes():
    problems = draw("t > a", "t > b", "a > b", "b > c", "c > a").problems()

    assert [problem.node for problem in problems] == ["a"]
    assert all(f'"{name}"' in problems[0].message for name in "abc")


def test_a_long_cycle_is_named_in_part():
    names = [f"n{i}" for i in range(30)]
    wires = [
        "t > n0",
        "t > n1",
        *(f"{a} > {b}" for a, b in zip(names, [*names[1:], "n0"], strict=True)),
    ]

    message = draw(*wires).problems()[0].message

    assert '"n19" and 10 more' in message


@pytest.mark.parametrize(
    ("wires", "code"),
    [
        (["t > a", "t > b", "a > b", "b > a"], "irreducible_cycle"),
        (["t > z", "a > b", "b > a"], "irreducible_cycle"),
        (["t > loop", "loop.done > x", "x > loop"], "back_from_outside"),
    ],
)
def test_a_cycle_that_is_no_loop_is_refused_even_where_loops_are_allowed(wires, code):
    assert draw(*wires).codes() == [code]


def test_loops_that_are_nested_too_deep_are_refused():
    wires = ["t > n0"]
    for depth in range(22):
        wires += [f"n{depth} > n{depth + 1}", f"n{depth + 1} > n{depth}"]

    assert "loops_too_deep" in draw(*wires).codes()


def test_an_unknown_type_is_named_and_its_wires_are_not():
    drawing = draw("t > a", "a.x > b.y", shapes={"a": None})

    problems = drawing.problems()

    assert [(p.code, p.node, p.path) for p in problems] == [("unknown_type", "a", "/nodes/1/type")]


def test_an_unknown_type_might_have_been_the_trigger():
    assert draw("a > b", shapes={"a": None}).codes() == ["unknown_type"]


def test_an_empty_workflow_is_refused():
    assert draw().codes() == ["empty_graph"]


def test_a_workflow_whose_triggers_are_disabled_is_refused():
    assert draw("t > a", node={"t": {"disabled": True}}).codes() == ["no_trigger"]


def test_ids_and_names_may_occur_once():
    drawing = draw("t > a", "a > b", node={"b": {"name": "a"}})
    drawing.document["nodes"].append({"id": "a", "name": "other", "type": "test.node"})

    assert found(drawing) == {("duplicate_name", "/nodes/2/name"), ("duplicate_id", "/nodes/3/id")}


@pytest.mark.parametrize("what", ["nodes", "edges"])
def test_a_workflow_that_is_too_large_is_refused_before_anything_else(what):
    limits = Limits(nodes=3, edges=10) if what == "nodes" else Limits(nodes=10, edges=2)

    problems = check_graph(CHAIN.document, CHAIN.shapes, limits=limits)

    assert [(p.code, p.path) for p in problems] == [(f"too_many_{what}", f"/{what}")]


def test_an_error_port_is_there_when_the_setting_opens_it():
    node = {"a": {"settings": {"on_error": "error_port"}}}

    assert draw("t > a", "a.error > b", node=node).problems() == ()


def test_the_advice_for_a_closed_error_port_is_to_open_it():
    assert "On error" in draw("t > a", "a.error > b").problems()[0].message


def test_wires_of_capabilities_carry_no_items():
    graph = draw("t > agent", "gpt.model > agent.model", shapes=LENDING).graph()

    assert graph.nodes["gpt"].out == {}
    assert graph.ties == {"agent": (Tie("gpt", "model", "agent", "model", "model"),)}


def test_a_port_for_items_takes_no_capability():
    assert draw("t > a", "gpt.model > a", shapes=LENDING).codes() == ["port_kind"]


@pytest.mark.parametrize(
    ("wires", "code"),
    [
        (("gpt.model > agent.tools",), "port_kind"),
        (("gpt.model > agent.model", "other.model > agent.model"), "port_taken"),
        (("gpt.model > agent.model", "gpt.model > agent.model"), "duplicate_edge"),
        (("mail.tool > agent.tools", "agent > mail"), "attached_in_flow"),
        (("agent2.tool > agent3.tools", "agent3.tool > agent2.tools"), "tie_circle"),
    ],
)
def test_a_tie_that_cannot_be_is_refused(wires, code):
    assert draw("t > agent", *wires, shapes=LENDING).codes() == [code]


def test_an_agent_says_what_it_lacks():
    shapes = {"agent": NodeShape(("main",), (), takes=(Socket("model", "model", required=True),))}

    assert draw("t > agent", shapes=shapes).codes() == ["port_required"]


def test_what_a_tool_reads_is_waited_for_by_its_agent():
    drawing = draw("t > agent", "t > a", "mail.tool > agent.tools", shapes=LENDING)

    assert drawing.reading(mail="a").graph().reads == {"agent": frozenset({"a"})}


def test_a_disabled_node_is_lent_to_nobody():
    drawing = draw(
        "t > agent", "mail.tool > agent.tools", shapes=LENDING, node={"mail": {"disabled": True}}
    )

    assert drawing.graph().ties == {}


def test_a_pin_to_a_node_that_is_gone_is_a_warning():
    drawing = draw("t > a")
    drawing.document["pins"] = {"gone": [{"json": {}}]}

    assert [(p.code, p.severity) for p in drawing.problems()] == [("unknown_pin", "warning")]


def test_a_refusal_lists_every_problem_and_says_the_first():
    drawing = draw("t > a", "a > b.nope", "b > t")

    with pytest.raises(InvalidGraph, match="1 more") as refused:
        compile_graph(drawing.document, drawing.shapes)

    assert [p.code for p in refused.value.problems] == ["unknown_port", "edge_into_trigger"]
    assert refused.value.code == "invalid_workflow"
    assert refused.value.facts == {"problems": 2}


def test_a_problem_has_a_form_for_interfaces():
    assert Problem("x", "Bad.", node="a", path="/nodes/0").to_json() == {
        "code": "x",
        "message": "Bad.",
        "severity": "error",
        "node": "a",
        "edge": None,
        "path": "/nodes/0",
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = [
    *("format", "name", "nodes", "edges", "settings", "pins", "notes", "groups"),
    *(f"nodes/1/{name}" for name in ("id", "name", "position", "settings", "disabled", "version")),
    *("nodes/0", "edges/0", "edges/1/from", "settings/order", "nodes/1/settings/retry"),
]


@given(st.sampled_from(PLACES), json_values)
def test_no_json_whatever_raises(place, value):
    """R-048 to R-053, as far as the core goes."""
    drawing = draw("t > a", "a > b", node={"a": {"settings": {"retry": {}}}})
    where: Any = drawing.document
    *parents, last = [int(part) if part.isdigit() else part for part in place.split("/")]
    for part in parents:
        where = where[part]
    where[last] = value

    problems = check_graph(drawing.document, {"t": TRIGGER, "a": ACTION})

    assert all(problem.code and problem.message for problem in problems)


@given(json_values)
def test_any_json_at_all_is_either_sound_or_told_apart(value):
    assert check_graph(value, {})
