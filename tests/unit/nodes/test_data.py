"""Edit Fields, Split Out, Sort, Limit and Aggregate."""

from __future__ import annotations

import pytest

from headrace_sdk import FileRef, Item, UserError
from headrace_sdk.items import Pair
from headrace_sdk.testing import run_node
from nodes.data.aggregate import Aggregate
from nodes.data.edit_fields import EditFields
from nodes.data.limit import Limit
from nodes.data.sort import Sort
from nodes.data.split_out import SplitOut

FILE = FileRef("f", "a.txt", "text/plain", 1, "0")
ITEM = {"id": 1, "user": {"mail": "a@x.org", "age": 40}, "tags": ["x"], "a.b": 0}


def edited(params, item=ITEM):
    return run_node(EditFields, params, [item]).json()[0]


def setting(name, value, kind="auto"):
    return {"assignments": [{"name": name, "value": value, "type": kind}]}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ITEM),
        (setting("id", 2), {**ITEM, "id": 2}),
        (setting("user.age", 41), {**ITEM, "user": {"mail": "a@x.org", "age": 41}}),
        (setting("tags[0]", "y"), {**ITEM, "tags": ["y"]}),
        ({**setting("a.b", 1), "dots": False}, {**ITEM, "a.b": 1}),
        ({**setting("n", 1), "keep": "none"}, {"n": 1}),
        ({"keep": "selected", "selected": ["user.mail", "nope"]}, {"user": {"mail": "a@x.org"}}),
        ({"keep": "except", "selected": ["user", "tags", '["a.b"]']}, {"id": 1}),
        (
            {"keep": "selected", "selected": ["id"], "rename": [{"field": "id", "name": "no"}]},
            {"no": 1},
        ),
        ({"remove": ["user", "tags", "a.b", '["a.b"]']}, {"id": 1}),
        ({"remove": ["id"], "assignments": [{"name": "id", "value": 9}]}, {**ITEM, "id": 9}),
        ({"mode": "json", "data": {"id": 3}, "keep": "none"}, {"id": 3}),
        ({"mode": "json", "data": '{"id": 4}', "keep": "none"}, {"id": 4}),
        ({**setting("n", "5", "number"), "keep": "none"}, {"n": 5}),
        ({**setting("n", "x", "number"), "keep": "none", "ignore_errors": True}, {"n": "x"}),
        ({**setting("n", None, "number"), "keep": "none"}, {"n": None}),
    ],
)
def test_edit_fields(params, expected):
    assert edited(params) == expected


def test_what_came_in_is_not_changed_and_what_is_untouched_is_shared():
    before = {"a": {"b": 1}, "big": {"c": []}}

    after = edited(setting("a.b", 2), before)

    assert before == {"a": {"b": 1}, "big": {"c": []}}
    assert after["big"] is before["big"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        (setting("n", "x", "number"), "conversion_failed"),
        (setting("a..b", 1), "invalid_path"),
        (setting("tags[9]", 1), "invalid_path"),
        ({"mode": "json", "data": "[1]"}, "conversion_failed"),
        ({"mode": "json", "data": "{"}, "conversion_failed"),
        (setting("", 1), "invalid_parameter"),
    ],
)
def test_edit_fields_says_what_is_wrong(params, code):
    with pytest.raises(UserError) as caught:
        edited(params)

    assert caught.value.code == code


def test_an_error_of_edit_fields_names_item_and_field():
    with pytest.raises(UserError, match="'total'") as caught:
        run_node(
            EditFields, [setting("total", "1", "number"), setting("total", "x", "number")], [{}, {}]
        )

    assert caught.value.item == 1


@pytest.mark.parametrize(("keep", "binary"), [(True, {"data": FILE}), (False, None)])
def test_files_are_kept_or_not(keep, binary):
    result = run_node(EditFields, {"keep_files": keep}, [Item({}, {"data": FILE})])

    assert result.outputs["main"][0].binary == binary


@pytest.mark.parametrize(
    ("params", "item", "expected"),
    [
        ({}, {"l": [{"a": 1}, {"a": 2}]}, [{"a": 1}, {"a": 2}]),
        ({}, {"l": [1, None, [2]]}, [{"l": 1}, {"l": None}, {"l": [2]}]),
        ({}, {"l": {"a": 1}}, [{"a": 1}]),
        ({}, {"l": "one"}, [{"l": "one"}]),
        ({}, {"l": []}, []),
        ({}, {"l": None}, []),
        ({}, {}, []),
        ({"missing": "keep"}, {"x": 1}, [{"x": 1}]),
        ({"keep": "all"}, {"l": [{"a": 1}], "x": 1}, [{"a": 1, "x": 1}]),
        (
            {"keep": "selected", "selected": ["x", "y"]},
            {"l": [5], "x": 1, "z": 2},
            [{"l": 5, "x": 1}],
        ),
        ({"destination": "each"}, {"l": [{"a": 1}]}, [{"each": {"a": 1}}]),
        ({"keep": "all"}, {"l": [{"x": 2}], "x": 1}, [{"x": 2}]),
    ],
)
def test_split_out(params, item, expected):
    assert run_node(SplitOut, {"field": "l", **params}, [item]).json() == expected


def test_split_out_goes_along_paths_and_says_where_elements_come_from():
    items = [{"a": {"l": [{"n": 1}, {"n": 2}]}}, {"a": {"l": [{"n": 3}]}}]

    result = run_node(SplitOut, {"field": "a.l"}, items)

    assert [(item.json["n"], item.paired[0].item) for item in result.outputs["main"]] == [
        (1, 0),
        (2, 0),
        (3, 1),
    ]


def test_split_out_leaves_the_rest_of_a_nested_object_alone():
    item = {"a": {"l": [1], "x": 2}}

    result = run_node(SplitOut, {"field": "a.l", "keep": "all", "destination": "n"}, [item])

    assert result.json() == [{"a": {"x": 2}, "n": 1}]
    assert item == {"a": {"l": [1], "x": 2}}


def test_split_out_can_fail_where_there_is_no_list():
    with pytest.raises(UserError) as caught:
        run_node(SplitOut, {"field": "l", "missing": "error"}, [{"l": []}, {}])

    assert (caught.value.code, caught.value.item) == ("no_list", 1)


def ordered(values, **key):
    result = run_node(Sort, {"keys": [{"field": "v", **key}]}, [{"v": value} for value in values])
    return [item["v"] for item in result.json()]


@pytest.mark.parametrize(
    ("values", "key", "expected"),
    [
        ([10, 9, 1], {}, [1, 9, 10]),
        (["10", 9, "1"], {}, ["1", 9, "10"]),
        (["b", "A", "c"], {}, ["A", "b", "c"]),
        (["b", 2, True, None, [1]], {}, [2, "b", True, [1], None]),
        (["10", "9"], {"kind": "text"}, ["10", "9"]),
        (["x", "3", 1], {"kind": "number"}, [1, "3", "x"]),
        (["x", "3", 1], {"kind": "number", "order": "desc"}, ["3", 1, "x"]),
        (
            ["2026-01-01T12:00:00+02:00", "2026-01-01T11:00:00Z", "no"],
            {"kind": "date", "order": "desc"},
            ["2026-01-01T11:00:00Z", "2026-01-01T12:00:00+02:00", "no"],
        ),
    ],
)
def test_sort_by_one_field(values, key, expected):
    assert ordered(values, **key) == expected


def test_later_keys_decide_between_equals_and_equals_keep_their_order():
    items = [
        {"a": 1, "b": 1, "n": 0},
        {"a": 0, "b": 1, "n": 1},
        {"a": 1, "b": 2, "n": 2},
        {"a": 1, "b": 1, "n": 3},
    ]
    keys = [{"field": "a"}, {"field": "b", "order": "desc"}]

    result = run_node(Sort, {"keys": keys}, items)

    assert [item["n"] for item in result.json()] == [1, 2, 0, 3]
    assert [item.paired[0].item for item in result.outputs["main"]] == [1, 2, 0, 3]


def test_a_random_order_is_the_same_in_every_attempt_and_loses_nothing():
    items = [{"n": n} for n in range(30)]

    first = run_node(Sort, {"mode": "random"}, items).json()
    second = run_node(Sort, {"mode": "random"}, items).json()

    assert first == second != items
    assert sorted(item["n"] for item in first) == list(range(30))


def test_sort_needs_a_field():
    with pytest.raises(UserError):
        run_node(Sort, {})


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [0]),
        ({"count": 2}, [0, 1]),
        ({"count": 2, "offset": 1}, [1, 2]),
        ({"count": 9, "offset": 2}, [2, 3]),
        ({"count": 2, "take": "last"}, [2, 3]),
        ({"count": 2, "take": "last", "offset": 1}, [1, 2]),
        ({"count": 9, "take": "last", "offset": 3}, [0]),
        ({"count": 1, "take": "last", "offset": 9}, []),
        ({"count": 0}, []),
        ({"count": 1, "offset": 4}, []),
    ],
)
def test_limit(params, expected):
    result = run_node(Limit, params, [{"n": n} for n in range(4)])

    assert [item["n"] for item in result.json()] == expected
    assert [item.paired[0].item for item in result.outputs["main"]] == expected


@pytest.mark.parametrize(("count", "size"), [(3, 3), (0, 0), (99, 20)])
def test_a_sample_is_drawn_once_keeps_the_order_and_repeats_nothing(count, size):
    items = [{"n": n} for n in range(20)]

    found = [row["n"] for row in run_node(Limit, {"count": count, "take": "sample"}, items).json()]
    again = [row["n"] for row in run_node(Limit, {"count": count, "take": "sample"}, items).json()]

    assert (len(found), found) == (size, sorted(set(found)))
    assert found == again


ORDERS = [
    {"c": "DE", "total": 10, "day": "2026-01-02", "who": {"n": "a"}},
    {"c": "FR", "total": 5.5, "day": "2026-01-01", "who": {"n": "b"}},
    {"c": "DE", "total": "2", "day": None, "who": {"n": "a"}},
    {"c": "DE", "day": "2026-01-03"},
]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, {"items": ORDERS}),
        ({"into": "all", "selected": ["c"]}, {"all": ["DE", "FR", "DE", "DE"]}),
        (
            {"selected": ["who.n", "c"]},
            {
                "items": [
                    {"who": {"n": "a"}, "c": "DE"},
                    {"who": {"n": "b"}, "c": "FR"},
                    {"who": {"n": "a"}, "c": "DE"},
                    {"who": {"n": None}, "c": "DE"},
                ]
            },
        ),
    ],
)
def test_aggregate_into_one_list(params, expected):
    result = run_node(Aggregate, params, ORDERS)

    assert result.json() == [expected]
    assert result.outputs["main"][0].paired == tuple(Pair(0, n) for n in range(4))


@pytest.mark.parametrize(
    ("column", "germany", "france"),
    [
        ({"operation": "count"}, {"count": 3}, {"count": 1}),
        ({"operation": "count", "field": "total"}, {"count_total": 2}, {"count_total": 1}),
        ({"operation": "sum", "field": "total"}, {"sum_total": 12}, {"sum_total": 5.5}),
        ({"operation": "avg", "field": "total", "name": "mean"}, {"mean": 6}, {"mean": 5.5}),
        (
            {"operation": "min", "field": "day"},
            {"min_day": "2026-01-02"},
            {"min_day": "2026-01-01"},
        ),
        ({"operation": "max", "field": "total"}, {"max_total": 10}, {"max_total": 5.5}),
        (
            {"operation": "count_unique", "field": "who.n"},
            {"count_unique_n": 1},
            {"count_unique_n": 1},
        ),
        ({"operation": "first", "field": "total"}, {"first_total": 10}, {"first_total": 5.5}),
        ({"operation": "last", "field": "total"}, {"last_total": "2"}, {"last_total": 5.5}),
        (
            {"operation": "concat", "field": "total", "separator": "+"},
            {"concat_total": "10+2"},
            {"concat_total": "5.5"},
        ),
        (
            {"operation": "list", "field": "who.n", "name": "w.l"},
            {"w": {"l": ["a", "a"]}},
            {"w": {"l": ["b"]}},
        ),
    ],
)
def test_aggregate_by_groups(column, germany, france):
    result = run_node(Aggregate, {"mode": "groups", "group_by": ["c"], "columns": [column]}, ORDERS)

    assert result.json() == [{"c": "DE", **germany}, {"c": "FR", **france}]
    assert [pair.item for pair in result.outputs["main"][0].paired] == [0, 2, 3]


def test_groups_of_nothing_are_one_group():
    result = run_node(Aggregate, {"mode": "groups", "columns": [{"operation": "count"}]}, ORDERS)

    assert result.json() == [{"count": 4}]


def test_values_that_only_look_alike_are_two_groups():
    items = [{"k": 1}, {"k": True}, {"k": "1"}, {"k": 1.0}, {}, {"k": None}]

    result = run_node(
        Aggregate, {"mode": "groups", "group_by": ["k"], "columns": [{"operation": "count"}]}, items
    )

    assert [item["count"] for item in result.json()] == [2, 1, 1, 2]


@pytest.mark.parametrize("operation", ["sum", "avg"])
def test_a_sum_of_something_else_names_the_item(operation):
    items = [{"v": None}, {"v": 1}, {"v": "many"}]
    columns = [{"operation": operation, "field": "v"}]

    with pytest.raises(UserError) as caught:
        run_node(Aggregate, {"mode": "groups", "columns": columns}, items)

    assert (caught.value.code, caught.value.item) == ("not_a_number", 2)


@pytest.mark.parametrize("operation", ["sum", "avg"])
def test_a_sum_beyond_all_numbers_is_an_error(operation):
    columns = [{"operation": operation, "field": "v"}]

    with pytest.raises(UserError, match="too large"):
        run_node(Aggregate, {"mode": "groups", "columns": columns}, [{"v": 10**400}, {"v": 0.5}])


@pytest.mark.parametrize(
    ("operation", "expected"),
    [("sum", 0), ("avg", None), ("min", None), ("first", None), ("concat", ""), ("list", [])],
)
def test_of_no_values_there_is_a_plain_answer(operation, expected):
    columns = [{"operation": operation, "field": "v", "name": "out"}]

    assert run_node(Aggregate, {"mode": "groups", "columns": columns}, [{}]).json() == [
        {"out": expected}
    ]


def test_an_operation_needs_its_field():
    with pytest.raises(UserError):
        run_node(Aggregate, {"mode": "groups", "columns": [{"operation": "sum"}]})
