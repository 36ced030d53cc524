"""Stored parameters: which values are expressions, what is known before they run, and their errors."""

from __future__ import annotations

import pytest

from headrace.expressions import (
    ExpressionError,
    ExpressionSyntaxError,
    check_value,
    compile_value,
)


def value_of(stored, scope):
    return compile_value(stored).evaluate(scope)


@pytest.mark.parametrize(
    "stored",
    [
        5,
        "text",
        "{{ $json.name }}",
        "={{ 1 }}",
        None,
        True,
        [],
        {"a": ["{{ 1 }}"]},
        {"=": 1, "b": 2},
        {"==": "{{ 1 }}"},
        {"=": {"model": {"description": "The subject", "schema": {"type": "string"}}}},
    ],
)
def test_a_value_without_the_marker_is_itself(stored, scope):
    compiled = compile_value(stored)

    assert compiled.evaluate(scope) == stored
    assert compiled.is_constant


def test_a_marked_literal_is_what_it_holds(scope):
    stored = {"a": {"=": {"literal": {"=": "{{ 1 }}"}}}}

    compiled = compile_value(stored)

    assert compiled.evaluate(scope) == {"a": {"=": "{{ 1 }}"}}
    assert compiled.is_constant


def test_expressions_are_found_wherever_they_are_nested(scope):
    scope.json = {"n": 2}
    stored = {"a": [1, {"b": {"=": "{{ $json.n }}"}}], "c": {"=": "n is {{ $json.n }}"}, "d": "x"}

    assert value_of(stored, scope) == {"a": [1, {"b": 2}], "c": "n is 2", "d": "x"}


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{{ 1 }}", 1),
        ("{{1}}", 1),
        (" {{ 1 }}", " 1"),
        ("{{ 1 }}\n", "1\n"),
        ("{{ 1 }}{{ 2 }}", "12"),
        ("{{ [1] }}", [1]),
        ("{{ $json.missing }}", None),
        ("a{{ null }}b{{ undefined }}c", "abc"),
        ("{{ ({a: undefined}) }}", {}),
        ("{{ [undefined, NaN, Infinity, -0] }}", [None, None, None, 0]),
        ("{{ 4 / 2 }}", 2),
        ("{{ $now }}", "2026-03-01T09:30:15.123+01:00"),
        ("{{ ({at: $now}) }}", {"at": "2026-03-01T09:30:15.123+01:00"}),
        ("at {{ $now }}", "at 2026-03-01T09:30:15.123+01:00"),
        ('{{ "😀"[0] }}', "\ufffd"),
        ('x{{ "😀"[0] }}y', "x\ufffdy"),
        ("", ""),
        ("no expression", "no expression"),
        ("a } }} b", "a } }} b"),
        ("{{ {a: {b: 1}}.a.b }}", 1),
        ("{{ {a: {b: 1}}}}", {"a": {"b": 1}}),
        ("{{ '}}' }}", "}}"),
        ("{{ `{{` }}", "{{"),
        ("{{ 1 // a note }}", 1),
        ("{{ // a note\n 1 }}", 1),
    ],
)
def test_a_lone_expression_keeps_its_type_and_others_become_text(template, value, scope):
    result = value_of({"=": template}, scope)

    assert (result, type(result)) == (value, type(value))


def test_a_part_of_the_data_is_passed_on_without_a_copy(scope):
    scope.json = {"rows": [{"a": 1}], "same": {"b": [1, 2]}}

    borrowed = value_of({"=": "{{ $json.rows }}"}, scope)
    computed = value_of({"=": "{{ $json.missing ?? $json.same }}"}, scope)

    assert borrowed is scope.json["rows"]
    assert computed is scope.json["same"]


def test_a_number_that_javascript_can_not_hold_is_passed_on_exactly(scope):
    scope.json = {"id": 12345678901234567890}

    assert value_of({"=": "{{ $json.id }}"}, scope) == 12345678901234567890


@pytest.mark.parametrize(
    ("template", "reads_item"),
    [
        ("{{ $json.a }}", True),
        ("{{ $binary.file }}", True),
        ("{{ $itemIndex }}", True),
        ("{{ $input.item.json.a }}", True),
        ('{{ $("A").item.json.a }}', True),
        ('{{ $node["A"].json.a }}', True),
        ('{{ $("A").first().json.a }}', False),
        ("{{ $input.all().length }}", False),
        ("{{ $now }}", False),
        ("{{ $vars.region + $runIndex }}", False),
        ("{{ [1].map($json => $json + 1) }}", False),
    ],
)
def test_it_is_known_whether_the_result_differs_between_items(template, reads_item):
    compiled = compile_value({"a": {"=": template}})

    assert compiled.reads_item is reads_item
    assert not compiled.is_constant


def test_every_node_that_is_mentioned_is_known():
    stored = {
        "a": {"=": '{{ $("One").first() }} {{ $node["Two"].json }}'},
        "b": [{"=": '{{ [1].map(x => $("Three").isExecuted) }}'}, {"=": {"literal": {"=": "x"}}}],
    }

    assert compile_value(stored).node_names == {"One", "Two", "Three"}


@pytest.mark.parametrize("content", [1, None, True, [], {}, {"literal": 1, "model": {}}, {"x": 1}])
def test_a_marker_with_unknown_content_is_refused(content):
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_value({"a": {"=": content}})

    assert (caught.value.code, caught.value.path) == ("invalid_expression_marker", "/a")


def test_parameters_nested_too_deeply_are_refused():
    """R-048: depth 1,000"""
    stored: object = 1
    for _ in range(1000):
        stored = [stored]

    (problem,) = check_value(stored)

    assert problem.code == "value_too_deep"


def test_all_problems_are_listed_with_their_places():
    stored = {
        "url": {"=": "https://{{ $json. }}/{{ Date.now() }}/{{ ok }}"},
        "a/b": [{"~": {"=": "{{ $json.x.push(foo) }}"}}, {"=": 5}],
        "fine": {"=": "{{ $json.x }}"},
    }

    problems = check_value(stored)

    assert [(problem.path, problem.offset, problem.length) for problem in problems] == [
        ("/url", 18, 1),
        ("/url", 24, 4),
        ("/url", 41, 2),
        ("/a~1b/0/~0", 3, 12),
        ("/a~1b/1", 0, 0),
    ]
    assert problems[1].message.startswith("Use $now, $today or DateTime.fromISO(…).")
    assert check_value({"fine": {"=": "{{ $json.x }}"}}) == []


def test_an_error_names_path_item_construct_and_position(scope):
    scope.json, scope.item_index = {"order": None}, 7
    compiled = compile_value({"body": [{"=": "Total: {{ $json.order.total.net }}"}]})

    with pytest.raises(ExpressionError) as caught:
        compiled.evaluate(scope)

    error = caught.value
    assert error.message.startswith("Cannot read properties of null (reading 'total')")
    assert error.facts == {
        "path": "/body/0",
        "construct": "$json.order.total",
        "line": 1,
        "column": 11,
        "offset": 10,
        "length": 17,
        "item_index": 7,
    }


def test_the_innermost_part_that_failed_is_named(scope):
    scope.json = {"people": [{"name": "Ada"}, {}]}

    with pytest.raises(ExpressionError) as caught:
        value_of({"=": "{{ $json.people.map(p => p.name.trim()).join() }}"}, scope)

    assert caught.value.construct == "p.name.trim()"


def test_an_error_is_not_remembered_by_the_template(scope):
    compiled = compile_value({"=": "{{ $json.a.b }}"})
    with pytest.raises(ExpressionError):
        compiled.evaluate(scope)
    scope.json = {"a": {"b": 1}}

    assert compiled.evaluate(scope) == 1


def test_a_refused_template_gives_each_caller_an_error_of_its_own():
    with pytest.raises(ExpressionSyntaxError) as first:
        compile_value({"a": {"=": "{{ nope }}"}})
    with pytest.raises(ExpressionSyntaxError) as second:
        compile_value({"b": {"=": "{{ nope }}"}})

    assert (first.value.path, second.value.path) == ("/a", "/b")
