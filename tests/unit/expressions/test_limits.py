"""Hostile expressions end soon, with an error that says why.

S-009 as far as expressions go: each of these would take minutes or all memory in a plain evaluator.
"""

from __future__ import annotations

import time

import pytest

from headrace.expressions import ExpressionError, compile_value

BIG = "x".ljust(1_000_000, "y")

HOSTILE = [
    ("'x'.repeat(1e9)", "text_too_long"),
    ("'x'.repeat(2 ** 31)", "text_too_long"),
    ("'x'.padEnd(1e9)", "text_too_long"),
    ("'x'.padStart(1e9, 'abc')", "text_too_long"),
    ("Array.from({length: 1e9})", "array_too_long"),
    ("Array.from({length: 2 ** 31}, (_, i) => i)", "array_too_long"),
    ("$json.big.split('').concat($json.big.split(''))", "array_too_long"),
    ("$json.big.replaceAll('y', 'z'.repeat(1000))", "text_too_long"),
    ("$json.big.replaceAll('y', '$&$&'.repeat(100))", "text_too_long"),
    ("$json.big.replaceAll('y', \"$`\")", "text_too_long"),
    ("$json.big.replaceAll('y', \"$`\".repeat(1e6))", "expression_too_slow"),
    ("$json.big.replace('x', \"$'\".repeat(100))", "text_too_long"),
    ("$json.wide.join($json.big)", "text_too_long"),
    ("$json.wide.map(a => $json.wide.map(b => $json.wide.map(c => 1)))", "expression_too_slow"),
    ("$json.wide.map(a => $json.wide.filter(b => $json.wide.includes(c => b) || 1))", None),
    ("$json.wide.reduce((s, x) => s + s, 'ab')", "text_too_long"),
    ("$json.wide.reduce((a, x) => [...a, ...a], [1])", "expression_too_slow"),
    ("$json.wide.reduce((a, x) => a.concat(a), [1])", "expression_too_slow"),
    ("$json.wide.slice(0, 60).reduce((a, x) => [a, a], 1)", "expression_too_slow"),
    ("JSON.stringify($json.wide.slice(0, 60).reduce((a, x) => [a, a], 1))", "expression_too_slow"),
    ("'' + $json.wide.slice(0, 60).reduce((a, x) => [a, a], 1)", "expression_too_slow"),
    ("$json.wide.slice(0, 60).reduce((a, x) => ({a, x: a}), 1)", "expression_too_slow"),
    ("$json.wide.slice(0, 60).reduce((a, x) => [a, a], 1).flat(Infinity)", "array_too_long"),
    ("$json.wide.reduce((a, x) => [a], 1)", "value_too_deep"),
    ("'' + $json.wide.reduce((a, x) => [a], 1)", "value_too_deep"),
    ("JSON.stringify($json.wide.reduce((a, x) => ({a}), 1))", "value_too_deep"),
    ("JSON.parse('['.repeat(100000))", None),
    ("$json.wide.map(x => $json.big + x)", "expression_too_slow"),
    ("$json.wide.map(x => $json.big.toUpperCase())", "expression_too_slow"),
    ("$json.wide.map(x => $json.big.indexOf('q'))", "expression_too_slow"),
    ("$json.wide.flatMap(x => $json.wide.map(y => $json.big + '' === $json.big))", "expression_too_slow"),
    ("$json.wide.flatMap(x => $json.wide.map(y => $json.astral[y]))", "expression_too_slow"),
    ("$json.wide.flatMap(x => $json.wide.map(y => $json.wide < 1))", "expression_too_slow"),
    ("$json.wide.flatMap(x => $json.wide.map(y => isNaN([$json.wide])))", "expression_too_slow"),
    ("$json.wide.map(x => JSON.stringify($json.wide))", "expression_too_slow"),
    ("$json.wide.map(x => ({...$json.record}))", "expression_too_slow"),
    ("$json.wide.map(x => Math.max(...$json.wide))", "expression_too_slow"),
    ("$json.wide.sort((a, b) => $json.wide.length && $json.wide.indexOf(a) - b)", "expression_too_slow"),
    ("$json.wide.map(x => `${$json.big}`)", "expression_too_slow"),
    ("$json.wide.map(x => $json.big.split('y'))", "expression_too_slow"),
    ("$json.wide.map(x => Object.entries($json.record))", "expression_too_slow"),
]  # fmt: skip


@pytest.fixture(scope="module")
def payload():
    return {
        "big": BIG,
        "astral": "😀" * 100_000,
        "wide": list(range(3_000)),
        "record": {f"k{i}": i for i in range(3_000)},
    }


@pytest.mark.parametrize(("source", "code"), HOSTILE, ids=lambda part: str(part)[:60])
def test_a_hostile_expression_ends_soon_with_a_clear_error(source, code, payload, scope):
    scope.json = payload
    began = time.process_time()

    with pytest.raises(ExpressionError) as caught:
        compile_value({"=": "{{ " + source + " }}"}).evaluate(scope)

    assert code is None or caught.value.code == code
    assert time.process_time() - began < 5.0


def test_the_budget_is_that_of_the_scope(scope):
    scope.json = {"list": list(range(1000))}
    compiled = compile_value({"=": "{{ $json.list.map(x => x + 1).length }}"})
    assert compiled.evaluate(scope) == 1000

    scope.step_limit = 1000

    with pytest.raises(ExpressionError) as caught:
        compiled.evaluate(scope)
    assert caught.value.code == "expression_too_slow"


def test_each_expression_has_a_budget_of_its_own(scope):
    scope.json = {"list": list(range(1000))}
    scope.step_limit = 6000
    one = "{{ $json.list.map(x => x + 1).length }}"

    assert compile_value({"=": one * 5}).evaluate(scope) == "1000" * 5


def test_ordinary_work_on_ten_thousand_items_fits_the_budget(scope):
    scope.json = {"rows": [{"name": f"n{i}", "price": i / 7, "tags": ["a"]} for i in range(10_000)]}
    source = (
        "$json.rows.filter(r => r.price > 100 && r.tags.includes('a'))"
        ".map(r => ({...r, label: r.name.toUpperCase() + ': ' + r.price.toFixed(2)}))"
        ".sort((a, b) => b.price - a.price).slice(0, 3).map(r => r.label).join(', ')"
    )

    result = compile_value({"=": "{{ " + source + " }}"}).evaluate(scope)

    assert result == "N9999: 1428.43, N9998: 1428.29, N9997: 1428.14"
