"""Every expression of `fixtures/expressions` comes to what Node made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from headrace.expressions import ExpressionError, compile_value
from headrace.expressions.values.json_text import own_keys, quoted
from headrace.expressions.values.numbers import number_text

FIXTURE = json.loads(
    (Path(__file__).parents[3] / "fixtures/expressions/cases.json").read_text("utf-8")
)
CODES = {
    "TypeError": {"type_error"},
    "RangeError": {"range_error", "text_too_long", "array_too_long"},
    "SyntaxError": {"json_invalid"},
    "URIError": {"uri_error"},
}
CASES = FIXTURE["cases"]
VALUES = [case for case in CASES if "expected" in case]
ERRORS = [case for case in CASES if "error" in case]


def show(value: Any) -> str:
    """The twin of `show` in generate.mjs: one line that tells any two different values apart."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{','.join(map(show, value))}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{quoted(key)}:{show(value[key])}" for key in own_keys(value)) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return "-0" if repr(value) == "-0.0" else number_text(value)
    return repr(value)


@pytest.fixture
def sample(scope):
    scope.json = FIXTURE["scope"]["$json"]
    scope.variables = FIXTURE["scope"]["$vars"]
    scope.item_index = FIXTURE["scope"]["$itemIndex"]
    scope.run_index = FIXTURE["scope"]["$runIndex"]
    return scope


def test_there_are_enough_cases():
    assert len(CASES) >= 300


@pytest.mark.parametrize("case", VALUES, ids=lambda case: f"{case['group']}: {case['source']}")
def test_an_expression_has_the_value_and_type_that_node_gives_it(case, sample, evaluate):
    value = evaluate(case["source"])

    assert show(value) == case["expected"]


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: f"{case['group']}: {case['source']}")
def test_an_expression_that_fails_in_node_fails_here_for_the_same_reason(case, sample, evaluate):
    with pytest.raises(ExpressionError) as caught:
        evaluate(case["source"])

    assert caught.value.code in CODES[case["error"]]
    assert caught.value.span is not None


@pytest.mark.parametrize("case", FIXTURE["templates"], ids=lambda case: case["template"])
def test_a_template_joins_its_texts_and_values(case, sample):
    value = compile_value({"=": case["template"]}).evaluate(sample)

    assert value == case["expected"]
