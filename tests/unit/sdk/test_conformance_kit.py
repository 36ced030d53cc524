"""The conformance kit finds each broken convention. One node for each: good but for one thing."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import Field

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    Node,
    Params,
    PortsFrom,
    Trigger,
    fields,
    to_main,
)
from headrace_sdk.conformance import check_node
from headrace_sdk.fields import show_if


class Form(Params):
    name: str = fields.text("Name", help="What to call it.")


class Good(Node[Form]):
    """Does one thing as it should, and says so in a whole sentence."""

    type = "test.good"
    title = "Good"
    category = "Test"
    Params = Form
    examples = (Example("One", {"name": "x"}, [{"a": 1}], {"main": [{"a": 1}]}),)

    async def run(self, ctx: Context, params: Any, inputs: Inputs) -> Any:
        return to_main([item.at(index) for index, item in enumerate(inputs.main)])


def rules(node_class):
    return {violation.rule for violation in check_node(node_class)}


def variant(**attributes: Any) -> Any:
    return type("Variant", (Good,), {"__doc__": Good.__doc__, **attributes})


def form(**definitions: Any) -> Any:
    annotations = {name: annotation for name, (annotation, _) in definitions.items()}
    values = {name: value for name, (_, value) in definitions.items()}
    made = type("Form", (Form,), {"__annotations__": annotations, **values})
    return variant(Params=made)


def test_a_good_node_breaks_nothing():
    assert check_node(Good) == []


@pytest.mark.parametrize(
    ("attributes", "rule"),
    [
        ({"type": "Good"}, "type"),
        ({"type": "test.Good-node"}, "type"),
        ({"icon": "Some Icon"}, "icon"),
        ({"title": " "}, "title"),
        ({"version": 0}, "version"),
        ({"__doc__": "Short."}, "documentation"),
        ({"__doc__": None}, "documentation"),
        ({"examples": ()}, "example"),
        ({"outputs": Good.outputs * 2}, "ports"),
        ({"outputs_from": PortsFrom("cases[].name")}, "x-ports"),
        ({"effect": "varies"}, "effect"),
        ({"run": lambda self, ctx, params, inputs: {}}, "run"),
        ({"run": Node.run}, "run"),
        ({"Params": dict}, "params"),
        ({"output_schema": {"type": "nonsense"}}, "schema"),
        ({"examples": (Example("Wrong", {"nome": "x"}),)}, "example"),
    ],
)
def test_a_wrong_declaration_is_found(attributes, rule):
    assert rule in rules(variant(**attributes))


def test_a_class_that_declares_nothing_is_told_what_is_missing():
    class Bare(Node[Form]):
        """Says nothing about itself."""

    assert {"declared"} <= rules(Bare)


def test_a_trigger_must_say_what_it_waits_for():
    class Idle(Trigger[Form]):
        """Waits for nothing, and does not say so either."""

        type = "test.idle"
        title = "Idle"
        category = "Test"
        Params = Form
        examples = (Example("One", {"name": "x"}),)

    assert rules(Idle) == {"register"}


class Row(Params):
    plain: str = "no control"


@pytest.mark.parametrize(
    ("definition", "rule"),
    [
        ((str, "x"), "widget"),
        ((str, Field(default="x", json_schema_extra={"x-ui": {"widget": "spinner"}})), "widget"),
        ((str, fields.text("", "x")), "label"),
        ((str, fields.text("Code")), "help"),
        ((str, fields.text("Code", "x", show_if=show_if("nothing", "a"))), "show_if"),
        ((int, fields.number("Count", "many")), "default"),
        ((Literal["a"], fields.select("Pick", "b", labels={})), "default"),
        ((list[Row], fields.rows("Rows")), "widget"),
        ((list[str], fields.rows("Rows")), "widget"),
        ((str, fields.select("Pick", "a", labels={}, options_from="missing")), "options_from"),
    ],
)
def test_a_wrong_field_is_found(definition, rule):
    assert rule in rules(form(extra=definition))


async def wrong_output(self, ctx, params, inputs):
    return to_main(
        [Item({"b": 2}, None, item.at(index).paired) for index, item in enumerate(inputs.main)]
    )


async def no_lineage(self, ctx, params, inputs):
    return to_main(list(inputs.main))


async def foreign_lineage(self, ctx, params, inputs):
    return to_main([item.at(index + 5) for index, item in enumerate(inputs.main)])


async def unknown_port(self, ctx, params, inputs):
    return {"side": [item.at(index) for index, item in enumerate(inputs.main)]}


async def in_place(self, ctx, params, inputs):
    for item in inputs.main:
        item.json["b"] = 2
        del item.json["b"]
        item.json["a"] = [item.json["a"]]
    return to_main([item.at(index) for index, item in enumerate(inputs.main)])


async def crash(self, ctx, params, inputs):
    return to_main([Item({"a": item.json["a"]}, None, item.at(0).paired) for item in inputs.main])


@pytest.mark.parametrize(
    ("run", "rule"),
    [
        (wrong_output, "example"),
        (no_lineage, "lineage"),
        (foreign_lineage, "lineage"),
        (unknown_port, "ports"),
        (in_place, "mutation"),
        (crash, "errors"),
    ],
)
def test_wrong_behaviour_is_found(run, rule):
    assert rule in rules(variant(run=run))


def test_a_pure_node_that_gives_two_results_is_found():
    counter = iter(range(1_000))

    async def run(self, ctx, params, inputs):
        return to_main([Item({"n": next(counter)}, None, i.at(0).paired) for i in inputs.main])

    examples = (Example("One", {"name": "x"}, [{}]),)

    assert "pure" in rules(variant(run=run, examples=examples))
    assert rules(variant(run=run, examples=examples, effect="read")) == set()


@pytest.mark.parametrize(
    "summary",
    [lambda params: params["name"].upper(), lambda params: "two\nlines", lambda params: None],
)
def test_a_summary_that_raises_or_is_no_line_is_found(summary):
    assert "summary" in rules(variant(summary=summary))
