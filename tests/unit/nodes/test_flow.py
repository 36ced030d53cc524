"""Merge, Wait, Stop and No Operation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headrace_sdk import FileRef, Item, NodeError, UserError, Wake
from headrace_sdk.items import Pair
from headrace_sdk.testing import run_node
from headrace_sdk.testing.context import NOON
from nodes.flow import merge
from nodes.flow.merge import Merge
from nodes.flow.no_op import NoOp
from nodes.flow.stop import Stop
from nodes.flow.wait import Wait

A = FileRef("a", "a.txt", "text/plain", 1, "0")
B = FileRef("b", "b.txt", "text/plain", 1, "0")


def merged(params, *inputs):
    names = [str(place + 1) for place in range(len(inputs))]
    given = dict(zip(names, inputs, strict=True))
    return run_node(Merge, {"inputs": names, **params}, inputs=given)


def test_append_takes_the_inputs_in_their_order():
    result = merged({}, [{"n": 1}, {"n": 2}], [], [{"n": 3}])

    assert result.json() == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert [item.paired for item in result.outputs["main"]] == [
        (Pair(0, 0),),
        (Pair(0, 1),),
        (Pair(2, 0),),
    ]


def test_a_branch_that_was_not_taken_is_empty():
    result = run_node(Merge, {"inputs": ["1", "2"]}, inputs={"2": [{"n": 1}]})

    assert result.json() == [{"n": 1}]
    assert result.outputs["main"][0].paired == (Pair(1, 0),)


def test_sql_asks_over_the_inputs_as_tables():
    sql = "select a.n, b.tags, b.ok from input1 a left join input2 b on b.n = a.n order by a.n desc"

    result = merged(
        {"mode": "sql", "sql": sql}, [{"n": 1}, {"n": 2}], [{"n": 2, "tags": ["x"], "ok": True}]
    )

    assert result.json() == [
        {"n": 2, "tags": '["x"]', "ok": 1},
        {"n": 1, "tags": None, "ok": None},
    ]
    ancestors = (Pair(0, 0), Pair(0, 1), Pair(1, 0))
    assert [item.paired for item in result.outputs["main"]] == [ancestors, ancestors]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("", "no_statement"),
        ("select nothing from input1", "sql_refused"),
        ("select load_extension('x')", "sql_refused"),
        ("attach 'file:/etc/passwd' as x", "sql_refused"),
        ("select 1; select 2", "sql_refused"),
        ("drop table input1", "no_rows"),
    ],
)
def test_sql_that_cannot_or_may_not_be_asked_is_refused(sql, code):
    with pytest.raises(UserError) as caught:
        merged({"mode": "sql", "sql": sql}, [{"n": 1}], [])

    assert (caught.value.code, caught.value.field) == (code, "sql")


def test_sql_gives_no_more_items_than_a_merge_may(monkeypatch):
    monkeypatch.setattr(merge, "MAX_ITEMS", 1)

    with pytest.raises(UserError) as caught:
        merged({"mode": "sql", "sql": "select * from input1"}, [{"n": 1}, {"n": 2}], [])

    assert caught.value.code == "too_many_items"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [{"a": 9, "b": 1, "c": 2}, {"a": 3}]),
        ({"clash": "first"}, [{"a": 1, "b": 1, "c": 2}, {"a": 3}]),
        ({"clash": "both"}, [{"a": 1, "b": 1, "a_2": 9, "c": 2}, {"a": 3}]),
        ({"unpaired": "drop"}, [{"a": 9, "b": 1, "c": 2}]),
    ],
)
def test_by_position_the_first_joins_the_first(params, expected):
    left, right = [{"a": 1, "b": 1}, {"a": 3}], [{"a": 9, "c": 2}]

    assert merged({"mode": "position", **params}, left, right).json() == expected


def test_a_joined_item_has_the_files_and_ancestors_of_all():
    result = merged(
        {"mode": "position"}, [Item({}, {"x": A})], [Item({}, {"y": B})], [Item({}, {"x": B})]
    )

    assert result.outputs["main"][0].binary == {"x": B, "y": B}
    assert result.outputs["main"][0].paired == (Pair(0, 0), Pair(1, 0), Pair(2, 0))


LEFT = [{"id": 1, "l": "a"}, {"id": 2, "l": "b"}, {"l": "no key"}]
RIGHT = [{"id": 2, "r": "x"}, {"id": 2.0, "r": "y"}, {"id": 3, "r": "z"}, {"id": None, "r": "null"}]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("matched", [("b", "x"), ("b", "y")]),
        ("first", [("a", None), ("b", "x"), ("b", "y"), ("no key", None)]),
        (
            "all",
            [
                ("a", None),
                ("b", "x"),
                ("b", "y"),
                ("no key", None),
                (None, "z"),
                (None, "null"),
            ],
        ),
        ("unmatched", [("a", None), ("no key", None), (None, "z"), (None, "null")]),
    ],
)
def test_by_key_it_joins_as_a_database_does(keep, expected):
    result = merged({"mode": "key", "keys": ["id"], "keep": keep}, LEFT, RIGHT)

    assert [(json.get("l"), json.get("r")) for json in result.json()] == expected


def test_keys_may_be_paths_of_several_fields_with_other_names_elsewhere():
    left = [{"order": {"no": 1, "year": 26}, "l": 1}, {"order": {"no": 1, "year": 25}, "l": 2}]
    right = [{"number": 1, "y": 26, "r": 1}]
    params = {"mode": "key", "keys": ["order.no", "order.year"], "other_keys": ["number", "y"]}

    result = merged(params, left, right)

    assert [(json["l"], json["r"]) for json in result.json()] == [(1, 1)]


def test_three_inputs_join_one_after_another():
    rows = [[{"id": 1, name: True}] for name in "abc"]

    result = merged({"mode": "key", "keys": ["id"]}, *rows)

    assert result.json() == [{"id": 1, "a": True, "b": True, "c": True}]
    assert result.outputs["main"][0].paired == (Pair(0, 0), Pair(1, 0), Pair(2, 0))


def test_true_is_not_the_key_one():
    assert merged({"mode": "key", "keys": ["id"]}, [{"id": True}], [{"id": 1}]).json() == []


def test_a_join_that_explodes_is_refused(monkeypatch):
    monkeypatch.setattr(merge, "MAX_ITEMS", 50)
    same = [{"id": 1}] * 10

    with pytest.raises(UserError) as caught:
        merged({"mode": "key", "keys": ["id"]}, same, same)

    assert caught.value.code == "too_many_items"


@pytest.mark.parametrize(
    "params",
    [
        {"inputs": ["1"]},
        {"inputs": ["1", "1"]},
        {"inputs": ["1", ""]},
        {"inputs": [str(place) for place in range(11)]},
        {"mode": "key"},
        {"mode": "key", "keys": ["a"], "other_keys": ["b", "c"]},
        {"mode": "sql", "inputs": ["A", "a"]},
    ],
)
def test_parameters_that_make_no_sense_are_refused(params):
    with pytest.raises(UserError):
        run_node(Merge, params)


def test_waiting_for_some_time_suspends_until_then():
    result = run_node(Wait, {"mode": "for", "duration_s": 90})

    assert result.suspension is not None
    assert (result.suspension.kind, result.suspension.token) == ("time", False)
    assert result.suspension.until == NOON + timedelta(seconds=90)


def test_waiting_until_a_date_takes_its_offset_into_account():
    result = run_node(Wait, {"mode": "until", "until": "2026-01-01T14:00:00+01:00"})

    assert result.suspension is not None
    assert result.suspension.until == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "params", [{"mode": "until", "until": "2025-01-01"}, {"mode": "for", "duration_s": 0}]
)
def test_a_time_that_is_past_does_not_wait(params):
    result = run_node(Wait, params, [{"id": 1}])

    assert result.suspension is None
    assert result.json() == [{"id": 1}]


def test_a_date_that_is_none_is_an_error():
    with pytest.raises(UserError) as caught:
        run_node(Wait, {"mode": "until", "until": "soon"})

    assert (caught.value.field, caught.value.code) == ("until", "invalid_date")


def test_waiting_for_a_call_opens_a_token_with_or_without_an_end():
    with_end = run_node(Wait, {"mode": "call", "timeout_s": 60}).suspension
    without_end = run_node(Wait, {"mode": "call"}).suspension

    assert with_end is not None
    assert without_end is not None
    assert (with_end.token, with_end.until) == (True, NOON + timedelta(seconds=60))
    assert (without_end.token, without_end.until) == (True, None)


def test_a_call_puts_what_it_sent_on_every_item():
    wake = Wake("token", {"ok": True})

    result = run_node(Wait, {"mode": "call"}, [{"id": 1}, {"id": 2}], wake=wake)

    assert result.json() == [
        {"id": 1, "resumed_with": {"ok": True}},
        {"id": 2, "resumed_with": {"ok": True}},
    ]
    assert result.outputs["main"][1].paired == (Pair(0, 1),)


def test_a_call_need_not_leave_a_trace():
    result = run_node(Wait, {"mode": "call", "field": ""}, [{"id": 1}], wake=Wake("token", 1))

    assert result.json() == [{"id": 1}]


def test_without_a_call_in_time_the_items_leave_by_timed_out():
    result = run_node(Wait, {"mode": "call", "timeout_s": 1}, [{"id": 1}], wake=Wake("time"))

    assert result.json("timeout") == [{"id": 1}]
    assert result.json("main") == []


def test_after_its_time_the_items_go_on():
    result = run_node(Wait, {"mode": "for"}, [{"id": 1}], wake=Wake("time"))

    assert result.json() == [{"id": 1}]


def test_stop_fails_with_the_message_and_code_that_were_chosen():
    with pytest.raises(NodeError) as caught:
        run_node(Stop, {"message": "Out of stock", "code": "out_of_stock"})

    assert (caught.value.message, caught.value.code) == ("Out of stock", "out_of_stock")
    assert not caught.value.retryable


def test_stop_can_end_a_branch_quietly():
    assert run_node(Stop, {"result": "success"}, [{"id": 1}]).outputs == {}


def test_no_operation_passes_items_on():
    result = run_node(NoOp, {}, [Item({"id": 1}, {"x": A})])

    assert result.outputs["main"] == [Item({"id": 1}, {"x": A}, (Pair(0, 0),))]
