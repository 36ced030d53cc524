"""Nothing leads out of an expression: not the host's objects, not prototypes, not other data.

S-001, S-002, S-012, S-013, S-014 as far as expressions go.
"""

from __future__ import annotations

import json

import pytest

from headrace.expressions import ExpressionError, ItemsView, Scope, compile_value
from headrace_sdk.items import Item
from tests.support.payloads import REFUSED

CANARY = "canary-5f1d"

# Payloads that are legal expressions, with the harmless value they have.
INERT = [
    ("$json.__proto__", None),
    ("$json['__proto__']", None),
    ("$json['__pro' + 'to__']", None),
    ("$json.__class__", None),
    ("$json.__dict__", None),
    ("$json.name.__class__", None),
    ("$json.name.__len__", None),
    ("$json.name['__class__']", None),
    ("$json.list.__getitem__", None),
    ("$json.list['append']", None),
    ("$json.list['sort']", None),
    ("(5).__class__", None),
    ("(5).real", None),
    ("true.denominator", None),
    ("$now.moment", None),
    ("$now.__class__", None),
    ("$now['from_millis']", None),
    ("$vars.__globals__", None),
    ("$json.list.constructor", None),
    ("''.constructor", None),
    ("({}).constructor", None),
    ("({}).prototype", None),
    ("({})['__proto__']", None),
    ("'a'['constructor']", None),
    ("[]['__proto__']?.x", None),
    ("$json.list.map(x => x.__class__)", [None, None]),
    ("Object.keys($json.list)", ["0", "1"]),
    ('JSON.parse(\'{"__proto__": {"admin": true}}\').admin', None),
    ('({...JSON.parse(\'{"__proto__": {"admin": true}}\')}).admin', None),
    ('Object.assign({}, JSON.parse(\'{"__proto__": {"admin": 1}}\')).admin', None),
    ("({['__proto__']: {admin: true}}).admin", None),
    ("Object.fromEntries([['__proto__', {admin: true}]]).admin", None),
    ("'constructor' in {}", False),
    ("({}).hasOwnProperty('constructor')", False),
    ("'{0.__class__}'", "{0.__class__}"),
    ("'%s' + '%(x)s'", "%s%(x)s"),
    ("'${7*191}'", "${7*191}"),
    ("'{% 7*191 %}'", "{% 7*191 %}"),
    ("JSON.stringify($vars)", '{"region":"eu"}'),
    ("Object.keys($execution).length", 0),
    ("Object.values($workflow).length", 0),
    ("Object.keys($now).length", 0),
    ("JSON.stringify({now: $now}).length > 20", True),
]


@pytest.fixture
def guarded(scope) -> Scope:
    scope.json = {"name": "Ada", "list": [1, 2]}
    scope.variables = {"region": "eu"}
    return scope


def test_there_are_enough_payloads():
    assert len(REFUSED) + len(INERT) >= 60


@pytest.mark.parametrize("payload", REFUSED)
def test_a_payload_that_needs_what_we_do_not_have_is_refused(payload, guarded):
    """S-001, S-012, S-013; what the sandbox makes of them is tried there."""
    with pytest.raises(ExpressionError):
        compile_value({"=": "{{ " + payload + " }}"}).evaluate(guarded)


@pytest.mark.parametrize(("payload", "value"), INERT)
def test_a_payload_that_is_legal_does_no_harm(payload, value, guarded):
    """S-001, S-012, S-013"""
    result = compile_value({"=": "{{ " + payload + " }}"}).evaluate(guarded)

    assert result == value


@pytest.mark.parametrize(
    "text",
    [
        "={{7*191}}",
        "{{7*191}}",
        "{{ 7*191 }}",
        "${7*191}",
        "{% 7*191 %}",
        "#{7*191}",
        "<%= 7*191 %>",
        '{"=": "{{7*191}}"}',
        "}}{{7*191}}{{",
    ],
)
@pytest.mark.parametrize("form", ["{{ $json.text }}", "got {{ $json.text }}", "{{ [$json.text] }}"])
def test_text_that_looks_like_an_expression_stays_text(text, form, scope):
    """S-002"""
    scope.json = {"text": text}

    result = compile_value({"=": form}).evaluate(scope)

    assert text in (result if isinstance(result, str) else result[0])
    assert "1337" not in json.dumps(result)


def test_an_object_that_looks_like_an_expression_stays_an_object(scope):
    """S-002"""
    scope.json = {"reply": {"=": "{{ 7 * 191 }}"}}

    result = compile_value({"body": {"=": "{{ $json.reply }}"}}).evaluate(scope)

    assert result == {"body": {"=": "{{ 7 * 191 }}"}}


def test_an_object_built_to_look_like_an_expression_is_not_evaluated_again(scope):
    """S-002"""
    result = compile_value({"=": "{{ ({'=': '{' + '{ 7 * 191 }' + '}'}) }}"}).evaluate(scope)

    assert result == {"=": "{{ 7 * 191 }}"}


@pytest.mark.parametrize("key", ["__proto__", "constructor", "__class__", "a.__proto__.b", "{0}"])
def test_a_dangerous_key_is_plain_data(key, scope):
    """S-012"""
    scope.json = {"key": key, "data": {key: CANARY}}

    read = compile_value({"=": "{{ $json.data[$json.key] }}"}).evaluate(scope)
    made = compile_value({"=": "{{ ({[$json.key]: 1}) }}"}).evaluate(scope)

    assert (read, made) == (CANARY, {key: 1})


def test_expressions_never_change_the_data_they_read(scope):
    items = [Item({"list": [3, 1, 2], "o": {"b": 1}})]
    scope.json, scope.input = items[0].json, ItemsView(items)
    before = json.dumps(scope.json)

    for source in (
        "$json.list.sort()",
        "$json.list.reverse()",
        "Object.assign($json.o, {a: 2})",
        "$input.all().reverse()",
        "$json.list.concat([4])",
        "({...$json.o, b: 5})",
    ):
        compile_value({"=": "{{ " + source + " }}"}).evaluate(scope)

    assert json.dumps(scope.json) == before


def test_a_scope_shows_only_what_belongs_to_the_language(scope):
    """S-014"""
    scope.json, scope.execution = {"a": 1}, {"id": "e1"}

    seen = compile_value(
        {"=": "{{ JSON.stringify([$json, $binary, $vars, $execution, $workflow, $now]) }}"}
    ).evaluate(scope)

    assert json.loads(seen) == [{"a": 1}, {}, {}, {"id": "e1"}, {}, "2026-03-01T09:30:15.123+01:00"]
