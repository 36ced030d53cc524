"""What JavaScript gets, what it may return, and which error tells what went wrong."""

from __future__ import annotations

import pytest

from headrace.sandbox.limits import Limits
from headrace_sdk.errors import NodeError
from headrace_sdk.items import FileRef, Item, Pair
from headrace_sdk.testing.context import NOON

FILE = FileRef("f1", "a.txt", "text/plain", 3, "00")


def json(items):
    return [item.json for item in items]


def parents(items):
    return [[pair.item for pair in item.paired] for item in items]


async def test_it_runs_once_over_all_items(run):
    made = await run("return items.map((i) => ({ n: i.json.n * 2 }));", [{"n": 1}, {"n": 2}])

    assert json(made) == [{"n": 2}, {"n": 4}]


async def test_it_runs_for_each_item_with_its_number(run):
    made = await run("return { n: $json.n, at: $itemIndex };", [{"n": 5}, {"n": 6}], per_item=True)

    assert json(made) == [{"n": 5, "at": 0}, {"n": 6, "at": 1}]
    assert parents(made) == [[0], [1]]


async def test_null_leaves_an_item_out(run):
    made = await run("return $json.n > 1 ? item : null;", [{"n": 1}, {"n": 2}], per_item=True)

    assert json(made) == [{"n": 2}]
    assert parents(made) == [[1]]


async def test_items_that_are_sorted_filtered_or_changed_keep_their_lineage(run):
    source = "items[0].json.seen = true; return [items[2], items[0]];"

    made = await run(source, [{"n": 0}, {"n": 1}, {"n": 2}])

    assert json(made) == [{"n": 2}, {"n": 0, "seen": True}]
    assert parents(made) == [[2], [0]]


async def test_the_json_of_an_item_is_enough_to_know_where_it_comes_from(run):
    made = await run("return [{ json: items[1].json }, items[0].json];", [{"n": 0}, {"n": 1}])

    assert parents(made) == [[1], [0]]


async def test_new_items_say_themselves_where_they_come_from(run):
    source = "return [{ json: {}, pairedItem: [0, { item: 1 }] }, { json: {} }];"

    made = await run(source, [{}, {}])

    assert parents(made) == [[0, 1], []]


async def test_a_lineage_that_leads_nowhere_is_refused(run):
    with pytest.raises(NodeError, match="pairedItem") as error:
        await run("return [{ json: {}, pairedItem: 7 }];")

    assert error.value.code == "code_result_invalid"


async def test_files_pass_through_and_cannot_be_made_up(run):
    given = Item({}, {"data": FILE})

    made = await run("return [{ json: {}, binary: { copy: items[0].binary.data } }];", [given])

    assert made[0].binary == {"copy": FILE}
    with pytest.raises(NodeError, match='"data" is none of the files'):
        await run("return [{ json: {}, binary: { data: { id: 'f2' } } }];", [given])


async def test_it_can_await_and_has_the_given_variables(run):
    source = "return { mode: await Promise.resolve($execution.mode), all: $input.all().length };"

    made = await run(source, [{}, {}], variables={"$execution": {"mode": "test"}})

    assert json(made) == [{"mode": "test", "all": 2}]


async def test_what_it_prints_is_heard_even_when_it_fails(run, printed):
    with pytest.raises(NodeError):
        await run("console.log('a', { b: 1 }); console.warn(2); throw new Error('no');")

    assert printed[-2:] == [("info", 'a {"b":1}'), ("warning", "2")]


async def test_time_and_chance_are_those_of_the_run(run):
    source = "return { day: new Date().toISOString().slice(0, 16), chance: Math.random() };"

    first, again, other = [(await run(source, seed=seed))[0].json for seed in (1, 1, 2)]

    assert first["chance"] == again["chance"] != other["chance"]
    assert first["day"] == again["day"] == NOON.isoformat()[:16]


async def test_odd_data_comes_through(run):
    odd = {"__proto__": {"a": 1}, "a.b": "\u0000é\U0001f600", "big": 2**53, "": None}

    assert json(await run("return items;", [odd])) == [odd]


async def test_half_a_character_becomes_the_replacement_character(run):
    made = await run(r"return { half: '\ud83d', text: '\\ud83d' };")

    assert json(made) == [{"half": "\ufffd", "text": "\\ud83d"}]


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("\nfoo.bar;", "code_failed", r"ReferenceError: foo is not defined \(line 2\)"),
        ("throw { a: 1 };", "code_failed", r'\{"a":1\}'),
        ("return ]", "code_syntax", "SyntaxError"),
        ("return [1];", "code_result_invalid", "An item is an object, not 1"),
        ("", "code_result_invalid", "returned nothing"),
        ("return { n: 1n };", "code_result_invalid", "cannot be written as JSON"),
        ("await new Promise(() => {});", "code_never_ends", "awaits something"),
        ("setTimeout(() => {}, 1);", "code_failed", "no timers"),
    ],
)
async def test_every_mistake_has_a_code_and_says_what_is_wrong(run, source, code, message):
    with pytest.raises(NodeError, match=message) as error:
        await run(source)

    assert error.value.code == code


@pytest.mark.parametrize(
    ("source", "limits", "code"),
    [
        ("for (;;) {}", Limits(time_s=0.1), "code_timeout"),
        (
            "const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1));",
            Limits(time_s=20, memory_bytes=32 << 20),
            "code_memory",
        ),
        ("return { t: 'x'.repeat(2000) };", Limits(output_bytes=1000), "code_output_too_large"),
        ("const f = () => f() + 1; return f();", Limits(), "code_too_deep"),
    ],
)
async def test_every_limit_has_a_code_of_its_own(run, source, limits, code):
    with pytest.raises(NodeError) as error:
        await run(source, limits=limits)

    assert error.value.code == code


async def test_the_failing_item_is_named(run):
    source = "if ($json.n === 2) throw new Error('two'); return item;"

    with pytest.raises(NodeError, match="two") as error:
        await run(source, [{"n": 1}, {"n": 2}], per_item=True)

    assert error.value.item == 1


async def test_a_given_item_keeps_its_files(run):
    given = Item({"n": 1}, {"data": FILE})

    made = await run("return items;", [given])

    assert made == [Item({"n": 1}, {"data": FILE}, (Pair(0, 0),))]
