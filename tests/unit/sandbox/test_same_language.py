"""The quick evaluator and QuickJS cannot be told apart: one generated expression after the other."""

from __future__ import annotations

import pytest

from headrace.expressions import (
    ExpressionError,
    ExpressionSyntaxError,
    ItemsView,
    Scope,
    ask_for_all,
)
from headrace.expressions.beyond.part import Sandboxed, sandboxed
from headrace.expressions.evaluation.builder import Refusal
from headrace.expressions.evaluation.compile import compile_tree
from headrace.expressions.evaluation.frame import Frame
from headrace.expressions.limits import RUNNING
from headrace.expressions.syntax.parser import parse_expression
from headrace_sdk.items import Item
from headrace_sdk.testing.context import NOON
from tests.support.made_expressions import ITEM, Maker
from tests.support.shown import show

SEEDS = 6
COUNT = 1_000
SHOW = """((value) => { const show = (value) => Object.is(value, -0) ? "-0"
: typeof value === "string" ? JSON.stringify(value) : Array.isArray(value)
? `[${[...value].map(show).join(",")}]` : value instanceof DateTime ? value.toISO()
: value !== null && typeof value === "object"
? `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${show(v)}`).join(",")}}`
: String(value); return show(value); })"""
CODES = {"text_too_long": "range_error", "array_too_long": "range_error"}
UNUSED = Refusal("", "", (0, 0), "")


def scope() -> Scope:
    return Scope(json=ITEM, now=NOON, timezone="Europe/Oslo", input=ItemsView([Item(ITEM)]))


def quick(source: str) -> str | None:
    """What the quick evaluator makes of it; `None` where it leaves the expression to others."""
    template = f"{{{{{source}\n}}}}"
    try:
        tree, _ = parse_expression(template, 2)
        compiled = compile_tree(tree)
    except ExpressionSyntaxError:
        return None
    if compiled.refusals:
        return None
    frame = Frame(scope(), compiled.slot_count)
    running = RUNNING.set(frame)
    try:
        return show(compiled.run(frame))
    except ExpressionError as error:
        return CODES.get(error.code, error.code)
    finally:
        RUNNING.reset(running)


def for_the_sandbox(source: str) -> Sandboxed:
    part, _ = sandboxed(f"{{{{{SHOW}({source})\n}}}}", 2, UNUSED)
    assert isinstance(part, Sandboxed), (source, part)
    return part


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_generated_expressions_come_to_the_same_in_both(seed):
    maker = Maker(seed)
    made: dict[str, str] = {}
    while len(made) < COUNT:
        source = maker.made()
        if (value := quick(source)) is not None:
            made[source] = value

    parts = [for_the_sandbox(source) for source in made]
    answers = await ask_for_all(parts, scope(), [Item(ITEM)])

    def theirs(part: Sandboxed) -> str:
        try:
            return str(answers.value(part, 0))
        except ExpressionError as error:
            return error.code

    assert [
        (source, ours, theirs(part))
        for (source, ours), part in zip(made.items(), parts, strict=True)
        if ours != theirs(part)
    ] == []
