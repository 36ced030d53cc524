"""The quick evaluator and QuickJS cannot be told apart: one generated expression after the other."""

from __future__ import annotations

import sys

import pytest

from headrace.expressions import ExpressionError, ExpressionSyntaxError, Scope
from headrace.expressions.evaluation.compile import compile_tree
from headrace.expressions.evaluation.frame import Frame
from headrace.expressions.limits import RUNNING
from headrace.expressions.syntax.parser import parse_expression
from headrace.sandbox import actions
from headrace.sandbox.batch import Batch
from headrace_sdk.items import Item
from headrace_sdk.testing.context import NOON
from tests.support.made_expressions import ITEM, Maker
from tests.support.shown import show

SEEDS = 6
COUNT = 1_000
SHOW = """((value) => { const show = (value) => Object.is(value, -0) ? "-0"
: typeof value === "string" ? JSON.stringify(value) : Array.isArray(value)
? `[${[...value].map(show).join(",")}]` : value !== null && typeof value === "object"
? `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${show(v)}`).join(",")}}`
: String(value); return show(value); })"""
CODES = {
    "type_error": "TypeError",
    "range_error": "RangeError",
    "text_too_long": "RangeError",
    "array_too_long": "RangeError",
    "json_invalid": "SyntaxError",
    "uri_error": "URIError",
}


def quick(source: str) -> str | None:
    """What the quick evaluator makes of it; `None` where it leaves the expression to others."""
    template = f"{{{{{source}\n}}}}"
    scope = Scope(json=ITEM, now=NOON)
    try:
        tree, _ = parse_expression(template, 2)
        compiled = compile_tree(tree)
    except ExpressionSyntaxError:
        return None
    if compiled.refusals:
        return None
    frame = Frame(scope, compiled.slot_count)
    running = RUNNING.set(frame)
    try:
        return show(compiled.run(frame))
    except ExpressionError as error:
        return CODES.get(error.code, error.code)
    finally:
        RUNNING.reset(running)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_generated_expressions_come_to_the_same_in_both(seed):
    maker = Maker(seed)
    made: dict[str, str] = {}
    while len(made) < COUNT:
        source = maker.made()
        if (value := quick(source)) is not None:
            made[source] = value

    batch = Batch([f"{SHOW}({source})" for source in made], [Item(ITEM)])
    evaluated = await actions.evaluate("alpha", batch, now=NOON, seed=1)

    faults = {fault.expression: fault.name for fault in evaluated.faults}
    theirs = [faults.get(place, value) for place, value in enumerate(evaluated.rows[0])]
    assert [
        (source, ours, other)
        for (source, ours), other in zip(made.items(), theirs, strict=True)
        if ours != other
    ] == []


async def test_one_expression_that_fails_leaves_the_others_alone():
    items = [Item({"n": 1}), Item({"n": None})]
    batch = Batch(["$json.n.toFixed(1)", "$itemIndex", "]", "who"], items)

    evaluated = await actions.evaluate("alpha", batch, now=NOON, seed=1)

    assert evaluated.rows == [["1.0", 0, None, None], [None, 1, None, None]]
    assert [fault[:3] for fault in evaluated.faults if fault.item] == [
        (1, 0, "TypeError"),
        (1, 2, "SyntaxError"),
        (1, 3, "ReferenceError"),
    ]
    assert sys.modules.get("quickjs_rs") is None
