"""Every expression of `fixtures/expressions` comes to what Node made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headrace.expressions import ExpressionError, compile_value
from tests.support.shown import show

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
