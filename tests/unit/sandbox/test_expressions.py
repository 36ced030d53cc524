"""Expressions beyond the quick evaluator: what they come to, and what is said when they fail."""

from __future__ import annotations

import re

import pytest

from headrace.expressions import (
    ExpressionError,
    ItemsView,
    NodeView,
    Scope,
    ask_for_all,
    check_value,
    compile_value,
)
from headrace.expressions.library import words
from headrace.expressions.library.sandboxed import SANDBOXED
from headrace.sandbox.ports import ports
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item
from headrace_sdk.testing.context import NOON
from tests.support.payloads import REFUSED

ITEMS = [Item({"n": n, "name": "ada lovelace", "list": [3, 1, 2]}) for n in range(3)]
TOGETHER = {
    "[1, 2].map(x => { return x * 2 })": [2, 4],
    r"$json.name.match(/l(\w)/)[1]": "o",
    r"$json.name.replace(/\b\w/g, c => c.toUpperCase())": "Ada Lovelace",
    "(() => { const a = 1; let b = 2; return a + b })()": 3,
    "new Date().toISOString()": "2026-01-01T12:00:00.000Z",
    'DateTime.fromFormat("01.02.2026", "dd.MM.yyyy").toISODate()': "2026-02-01",
    "$now.setLocale('en').toISO() + /x/.source": "2026-01-01T13:00:00.000+01:00x",
    "$today.hasSame($now, 'day')": True,
    "$jmespath($json, 'list[?@ > `1`]')": [3, 2],
    '$("Source").all().map(i => { return i.json.n })': [0, 1, 2],
    '$("Source").item.json.n + /x/.source': "1x",
    '$("Source").first().json.n + $("Source").last().json.n + /x/.source': "2x",
    '$node["Source"].json.n + /x/.source': "1x",
    '$("Nowhere").isExecuted || /x/.test("x")': True,
    "$input.all().length + $itemIndex + /x/.source": "4x",
    "$vars.rate + /x/.source": "7x",
    "$json.missing.isEmpty() && /x/.test('x')": True,
    "!$json.missing.isNotEmpty() && /x/.test('x')": True,
    "$json.name.toTitleCase().match(/L\\w+/)[0]": "Lovelace",
    '"}}".match(/}}/)[0] + `${"}}"}`': "}}}}",
    "(() => ({ a: undefined, b: [undefined, NaN], c: new Date(0) }))()": {
        "b": [None, None],
        "c": "1970-01-01T00:00:00.000Z",
    },
    "String(2n ** 64n)": "18446744073709551616",
    "Math.random() === Math.random()": False,
}


@pytest.fixture
def scope() -> Scope:
    return Scope(
        json=ITEMS[1].json,
        item_index=1,
        now=NOON,
        timezone="Europe/Oslo",
        input=ItemsView(ITEMS),
        node=lambda name: NodeView(ITEMS) if name == "Source" else None,
        variables={"rate": 7},
        execution={"id": "1"},
    )


def value_of(source: str, scope: Scope):
    return compile_value({"=": "{{ " + source + " }}"}).evaluate(scope)


@pytest.mark.parametrize(("source", "value"), TOGETHER.items(), ids=TOGETHER.keys())
def test_an_expression_comes_to(source, value, scope):
    assert compile_value({"=": "{{ " + source + " }}"}).beyond
    assert value_of(source, scope) == value


@pytest.mark.parametrize("offered", SANDBOXED, ids=lambda offered: offered.signature)
def test_every_example_of_the_reference_runs(offered, scope):
    compiled = compile_value({"=": "{{ " + offered.example + " }}"})

    assert compiled.beyond
    assert compiled.evaluate(scope) is not None
    assert offered.help.endswith((".", "?"))


def test_within_a_text_values_stand_as_the_quick_evaluator_writes_them(scope):
    stored = {
        "=": "{{ /a/.exec('b') }}|{{ new Date(0) }}|{{ [1, /a/.test('a')] }}|{{ 1e21 + +/1/ }}|"
    }

    assert compile_value(stored).evaluate(scope) == "|1970-01-01T00:00:00.000Z|[1,true]|NaN|"


async def test_all_items_are_evaluated_at_once_and_none_sees_what_another_changed(scope):
    stored = {
        "a": {"=": "{{ $json.list.push($json.n) && $json.list.sort().join('') }}"},
        "b": {"=": "{{ $json.list.join('') + /x/.source }}"},
        "c": {"=": "{{ $input.all()[0].json.list.length + /x/.source }}"},
    }
    compiled = compile_value(stored)
    scope.answers = await ask_for_all(compiled.beyond, scope, ITEMS)

    rows = []
    for scope.item_index in range(3):
        rows.append(compiled.evaluate(scope))

    assert [row["a"] for row in rows] == ["0123", "1123", "1223"]
    assert {(row["b"], row["c"]) for row in rows} == {("312x", "3x")}


OWN_NAMES = (
    "[].constructor.constructor('return Object.getOwnPropertyNames(this).join()')() + /x/.source"
)


@pytest.mark.parametrize("payload", REFUSED)
def test_a_payload_finds_nothing_but_what_it_brought(payload, scope):
    """S-001, S-012, S-013: whatever it may reach is the machine that ends with it."""
    try:
        found = str(value_of(payload, scope))
    except ExpressionError:
        return
    assert not re.search(r"process|module|environ|root:|native", found)


def test_the_machine_has_no_doors_of_other_hosts(scope):
    names = set(value_of(OWN_NAMES, scope).split(","))

    doors = {"process", "require", "module", "fetch", "setTimeout", "std", "os", "performance"}
    assert names.isdisjoint(doors)


FAILING = {
    "foo(/x/)": ("unknown_name", 3, "Foo is not defined"),
    "$json.list.map(x => { return x.foo.bar })": ("type_error", 3, "Use ?. where"),
    "1 + $json.name.nothing(/x/)": ("type_error", 18, "Not a function"),
    '$("Nowhere").first().json.x.match(/x/)': ("node_not_executed", 16, "has not run before"),
    "(() => () => 1)()": ("type_error", 3, "Call it"),
    "(function again(n) { return again(n + 1) + 1 })(0)": ("expression_too_deep", 3, "too deeply"),
    "(() => { for (;;); })()": ("expression_too_slow", 3, "longer than 100 ms"),
    "(() => { const a = []; for (;;) a.push('x'.repeat(1e5) + a.length) })()": (None, 3, "The exp"),
    '"x".repeat(1e9).replace(/x/g, "")': (None, 0, ""),
}


@pytest.mark.parametrize(("source", "said"), FAILING.items(), ids=FAILING.keys())
def test_a_failure_names_the_item_the_place_and_the_way_out(source, said, scope):
    code, offset, message = said
    with pytest.raises(ExpressionError) as caught:
        compile_value({"a": {"=": "{{ " + source + " }}"}}).evaluate(scope)

    error = caught.value
    assert code in {None, error.code}
    assert message in error.message
    assert (error.path, error.facts["item_index"]) == ("/a", 1)
    assert error.position is not None
    assert error.position.offset == offset or not offset


async def test_a_failure_for_one_item_leaves_the_others_their_values(scope):
    items = [Item({"n": n}) for n in range(3_000)]
    compiled = compile_value({"=": "{{ (() => { while ($json.n === 2500); return $json.n })() }}"})

    answers = await ask_for_all(compiled.beyond, Scope(json={}, now=NOON), items)

    (part,) = compiled.beyond
    assert {item for item, _ in answers.faults} == {2500}
    assert [answers.value(part, item) for item in (0, 1999, 2499, 2501, 2999)] == [
        0,
        1999,
        2499,
        2501,
        2999,
    ]


async def test_large_items_are_taken_in_parts_that_fit():
    items = [Item({"n": n, "text": "x" * 2_000_000}) for n in range(40)]
    compiled = compile_value({"=": "{{ $json.text.length + $json.n + Number(/0/.source) }}"})

    answers = await ask_for_all(compiled.beyond, Scope(json={}, now=NOON), items)

    (part,) = compiled.beyond
    assert [answers.value(part, n) for n in range(40)] == [2_000_000 + n for n in range(40)]


MISTAKES = {
    "1 +": ("expression_syntax", 7, "A value should stand here."),
    "$json.a.match(/x/": ("expression_syntax", 21, "Expected ) here."),
    "[1, 2].map(x => { return (x y) })": ("expression_syntax", 31, "Unexpected identifier 'y'."),
    "const x = 1": ("expression_syntax", 3, "Expressions have no statements"),
    "/(/.test('a')": ("expression_syntax", None, "Expecting ')'."),
    "process.env": ("expression_syntax", 3, "There is no process"),
    "$env.HOME.match(/x/)": ("expression_syntax", 3, "The environment is not readable"),
    "$($json.name).first().match(/x/)": ("computed_node_name", 3, "Write the name of the node out"),
    "$json.name.frobnicate()": ("expression_syntax", 3, "There is no method frobnicate"),
}


@pytest.mark.parametrize(("source", "said"), MISTAKES.items(), ids=MISTAKES.keys())
def test_a_mistake_is_found_before_anything_runs(source, said):
    code, offset, message = said
    (problem,) = check_value({"a": {"=": "{{ " + source + " }}"}})

    assert (problem.code, problem.path) == (code, "/a")
    assert message in problem.message
    assert offset in {None, problem.offset}


def test_without_a_sandbox_such_an_expression_is_refused_and_others_run(monkeypatch, scope):
    monkeypatch.setattr(ports, "is_on", False)

    (problem,) = check_value({"a": {"=": "{{ new Date() }}"}})

    assert problem.code == "sandbox_missing"
    assert "SANDBOX=off" in problem.message
    with pytest.raises(NodeError, match="SANDBOX=off"):
        value_of("new Date()", scope)
    assert value_of("$json.list.map(x => x + 1)", scope) == [4, 2, 3]


def test_every_word_that_is_left_to_the_sandbox_is_known_there(scope):
    methods = sorted(words.METHOD_NAMES - {"flags"})
    source = f"""(() => {{
      const kinds = [String, Number, Array, Object, Function, RegExp, Date, Map, Set, WeakMap, Promise,
        BigInt, Symbol, DateTime, Duration, Interval, Uint8Array, [].values().constructor, Iterator];
      const owners = kinds.flatMap((kind) => [kind.prototype, Object.getPrototypeOf(kind.prototype)]);
      owners.push(Object.getPrototypeOf([].values()));
      const names = {methods};
      return names.filter((name) => !owners.some((owner) => owner && name in owner));
    }})()"""

    assert value_of(source, scope) == []
    for name in sorted(words.GLOBALS):
        assert value_of(f"(() => typeof {name})()", scope) in {"function", "object"}, name
    for owner, names in words.STATIC.items():
        for name in sorted(names):
            assert value_of(f"(() => {owner}.{name} !== undefined)()", scope), name
