"""What holds for every text and every value, found by trying many."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headrace.expressions import ExpressionError, Scope, check_value, compile_value, utf16
from headrace.expressions.library.index import METHODS, NAMESPACES
from headrace.expressions.values.json_text import parse, stringify
from headrace.expressions.values.numbers import number_from_text, number_text

TOKENS = [
    *"()[]{}.,;:?!+-*/%<>=&|^~'\"`$#@\\",
    *("=>", "...", "===", "!==", "==", "?.", "??", "&&", "||", "**", ">>>", "++", "${", "}}", "//"),
    *("$json", "$now", "$input", "$(", '$("A")', "$node", "x", "item", "Math", "JSON", "Object"),
    *("typeof", "void", "in", "new", "this", "true", "null", "undefined", "NaN", "map", "length"),
    *("0", "1", "1.5", "0x", "1e", "1n", "'a'", "`b`", "\n", " ", "\t", "é", "😀", "\ud800"),
]
text = st.text(max_size=40)
any_source = st.one_of(
    text, st.lists(st.sampled_from(TOKENS), max_size=25).map("".join),
    st.lists(st.sampled_from(TOKENS), max_size=25).map(" ".join),
)  # fmt: skip
numbers = st.one_of(
    st.integers(), st.floats(), st.sampled_from([0, -0.0, 2**53, 2**63, 10**400, 1e21, 1e-7])
)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip
NAMES = sorted({name for table in METHODS.values() for name in table})
FUNCTIONS = sorted(f"{owner}.{name}" for owner, table in NAMESPACES.items() for name in table)
BINARY = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "==",
    "!=",
    "===",
    "!==",
    "<",
    ">",
    "<=",
    ">=",
    "&&",
    "||",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    ">>>",
]


def evaluated(source, scope):
    """The result, which has to be JSON, or None for an error that is ours."""
    try:
        result = compile_value({"=": "{{" + source + "}}"}).evaluate(scope)
    except ExpressionError:
        return None
    json.dumps(result, allow_nan=False).encode()
    return result


@settings(max_examples=120, deadline=None)
@given(any_source)
def test_any_text_is_compiled_or_refused_with_its_place(source):
    for template in (source, "{{" + source + "}}", "a{{ " + source + " }}b{{" + source):
        problems = check_value({"=": template})

        assert all(problem.message and problem.line >= 1 for problem in problems)
        assert all(problem.offset + problem.length <= 2 * len(template) for problem in problems)


def finite(value):
    """Whatever data can hold: JSON has no NaN and no infinity."""
    if isinstance(value, list):
        return all(map(finite, value))
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    return not isinstance(value, float) or math.isfinite(value)


data = values.filter(finite)


@pytest.fixture(scope="module")
def shared_scope():
    return Scope(json={}, now=datetime(2026, 3, 1, tzinfo=UTC))


@settings(max_examples=120, deadline=None)
@given(data, st.sampled_from(NAMES), st.lists(data, max_size=3))
def test_any_method_on_any_value_gives_json_or_our_error(shared_scope, receiver, name, arguments):
    shared_scope.json = {"r": receiver, **{f"a{i}": value for i, value in enumerate(arguments)}}
    given_arguments = ", ".join(f"$json.a{i}" for i in range(len(arguments)))

    evaluated(f"$json.r.{name}({given_arguments})", shared_scope)
    evaluated(f"$now.{name}({given_arguments})", shared_scope)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(FUNCTIONS), st.lists(data, max_size=3))
def test_any_function_on_any_values_gives_json_or_our_error(shared_scope, name, arguments):
    shared_scope.json = {f"a{i}": value for i, value in enumerate(arguments)}
    given_arguments = ", ".join(f"$json.a{i}" for i in range(len(arguments)))

    evaluated(f"{name}({given_arguments})", shared_scope)
    evaluated(f"{name}($now, {given_arguments})", shared_scope)


@settings(max_examples=120, deadline=None)
@given(data, st.sampled_from(BINARY), data)
def test_any_operator_on_any_values_gives_json_or_our_error(shared_scope, left, sign, right):
    shared_scope.json = {"l": left, "r": right}

    evaluated(f"$json.l {sign} $json.r", shared_scope)
    evaluated(f"$now {sign} $json.r", shared_scope)
    evaluated(f"$json.l {sign} undefined", shared_scope)
    evaluated(f"-$json.l {sign} ~$json.r", shared_scope)


@settings(max_examples=120, deadline=None)
@given(data, data)
def test_any_value_is_read_spread_and_printed(shared_scope, value, key):
    shared_scope.json = {"v": value, "k": key}

    for source in (
        "$json.v[$json.k]",
        "$json.v?.[$json.k]?.x",
        "[...$json.v]",
        "({...$json.v, [$json.k]: 1})",
        "$json.v.map(([a, b]) => a)",
        "$json.v.map(({a}) => a)",
        "`${$json.v}`",
        "$json.k in $json.v",
    ):
        evaluated(source, shared_scope)
    compile_value({"=": "text {{ $json.v }}"}).evaluate(shared_scope)


@settings(max_examples=120, deadline=None)
@given(data)
def test_a_value_passes_through_untouched(shared_scope, value):
    shared_scope.json = {"v": value}

    assert compile_value({"=": "{{ $json.v }}"}).evaluate(shared_scope) is value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_reads_back_as_itself(value):
    assert number_from_text(number_text(value)) == value


@given(st.text(max_size=30))
def test_code_units_join_to_the_same_text(value):
    well_paired = utf16.text(value)

    units = utf16.units(well_paired)

    assert utf16.text(units) == well_paired
    assert len(units) == utf16.length(well_paired)
    assert all(ord(unit) < 0x10000 for unit in units)


@given(st.text(max_size=20), st.integers(-25, 25), st.integers(-25, 25))
def test_a_slice_is_a_slice_of_code_units(shared_scope, value, start, end):
    shared_scope.json = {"v": value}
    encoded = value.encode("utf-16-le", "surrogatepass")
    size = len(encoded) // 2
    first = max(size + start, 0) if start < 0 else min(start, size)
    last = max(size + end, 0) if end < 0 else min(end, size)
    expected = encoded[2 * first : 2 * last].decode("utf-16-le", "replace")

    assert compile_value({"=": f"{{{{ $json.v.slice({start}, {end}) }}}}"}).evaluate(
        shared_scope
    ) == expected  # fmt: skip


@given(st.text(max_size=20), st.text(min_size=1, max_size=3))
def test_what_was_split_joins_again(shared_scope, value, separator):
    shared_scope.json = {"v": value, "s": separator}

    joined = compile_value({"=": "{{ $json.v.split($json.s).join($json.s) }}"})
    whole = compile_value({"=": "{{ $json.v.split('').join('') }}"})

    assert (joined.evaluate(shared_scope), whole.evaluate(shared_scope)) == (value, value)


@settings(deadline=None)
@given(data)
def test_json_text_reads_back_as_the_value(value):
    printed = stringify(value)

    assert stringify(parse(printed)) == printed
    json.loads(printed)
