"""Remove Duplicates, Compare Datasets, Assert and Mock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headrace_sdk import NodeError, UpstreamError, UserError
from headrace_sdk.items import Pair
from headrace_sdk.testing import MemoryContext, MemoryState, run_node
from headrace_sdk.testing.context import EXECUTION
from nodes.data.compare_datasets import CompareDatasets
from nodes.data.remove_duplicates import RemoveDuplicates
from nodes.test.assert_ import Assert
from nodes.test.mock import Mock


def kept(items, **params):
    return run_node(RemoveDuplicates, params, items).json("new")


@pytest.mark.parametrize(
    ("items", "params", "expected"),
    [
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1.0}], {}, [0]),
        ([{"a": 1}, {"a": "1"}, {"a": True}, {"a": None}], {}, [0, 1, 2, 3]),
        ([{"a": {"x": [1]}}, {"a": {"x": [1.0]}}], {}, [0]),
        ([{"a": 1, "b": 1}, {"a": 1, "b": 2}], {"compare": "selected", "selected": ["a"]}, [0]),
        ([{"a": 1, "b": 1}, {"a": 1, "b": 2}], {"compare": "except", "selected": ["b"]}, [0]),
        ([{"a": "X"}, {"a": "x"}], {}, [0, 1]),
        ([{"a": "X"}, {"a": "x"}], {"ignore_case": True}, [0]),
    ],
)
def test_what_counts_as_the_same(items, params, expected):
    assert kept(items, **params) == [items[index] for index in expected]


def test_earlier_runs_are_remembered_by_name_and_for_a_time():
    state = MemoryState()

    def run(items, **params):
        context = MemoryContext(state=state)
        form = {"against": "workflow", "ttl_s": 60, **params}
        return run_node(RemoveDuplicates, form, items, context=context)

    first = run([{"a": 1}, {"a": 2}])
    second = run([{"a": 2}, {"a": 3}])

    assert first.json("seen") == []
    assert (second.json("new"), second.json("seen")) == ([{"a": 3}], [{"a": 2}])
    assert run([{"a": 2}], name="other").json("new") == [{"a": 2}]
    assert set(state.lives_s.values()) == {60}


def test_too_many_items_to_remember_are_refused():
    with pytest.raises(UserError) as caught:
        run_node(RemoveDuplicates, {"against": "tenant"}, [{}] * 10_001)

    assert caught.value.code == "too_many_items"


def compare(a, b, **params):
    return run_node(CompareDatasets, {"keys": ["id"], **params}, inputs={"a": a, "b": b})


def test_items_that_share_a_key_are_paired_in_their_order():
    result = compare(
        [{"id": 1, "v": 1}, {"id": 1, "v": 2}], [{"id": 1, "v": 1}, {"id": 1, "v": 2}, {"id": 1}]
    )

    assert [len(result.json(port)) for port in ("same", "added", "changed")] == [2, 1, 0]
    assert result.outputs["same"][1].paired == (Pair(0, 1), Pair(1, 1))


@pytest.mark.parametrize(
    ("params", "port"),
    [
        ({}, "changed"),
        ({"loose": True}, "same"),
        ({"compare": "selected", "selected": ["id"]}, "same"),
        ({"compare": "except", "selected": ["v"]}, "same"),
    ],
)
def test_what_counts_as_changed(params, port):
    assert len(compare([{"id": 1, "v": 1}], [{"id": 1, "v": "1"}], **params).json(port)) == 1


@pytest.mark.parametrize(("give", "value"), [("before", 1), ("after", 2)])
def test_a_changed_item_comes_out_as_wanted(give, value):
    result = compare([{"id": 1, "v": 1}], [{"id": 1, "v": 2}], give=give)

    assert result.json("changed") == [{"id": 1, "v": value}]


def test_a_missing_field_is_a_change_and_null_is_not_missing():
    assert compare([{"id": 1}], [{"id": 1, "v": None}]).json("changed")[0]["changed"] == ["v"]


def test_keys_that_no_item_has_are_an_error():
    with pytest.raises(UserError) as caught:
        compare([{"id": 1}], [{"id": 1}], keys=["no"])

    assert caught.value.code == "no_keys"


def context(mode, attempt=1):
    return MemoryContext(execution=replace(EXECUTION, mode=mode), attempt=attempt)


WRONG = {"all": [{"left": 1, "op": "gt", "right": 2}]}


def test_a_failed_assertion_names_the_items():
    right = {"all": [{"left": 3, "op": "gt", "right": 2}]}
    params = [{"conditions": one, "message": "Too few."} for one in (right, WRONG, WRONG)]

    with pytest.raises(NodeError) as caught:
        run_node(Assert, params, [{}] * 3, context=context("webhook"))

    error = caught.value
    assert (error.code, error.item) == ("assertion_failed", 1)
    assert error.message == "Too few. The conditions do not hold for 2 of 3 items: 1, 2."


@pytest.mark.parametrize(("otherwise", "logged"), [("warn", 1), ("pass", 0)])
def test_outside_of_tests_it_does_as_told(otherwise, logged):
    form = {"conditions": WRONG, "otherwise": otherwise}

    result = run_node(Assert, form, [{"a": 1}], context=context("webhook"))

    assert (result.json(), len(result.logs)) == ([{"a": 1}], logged)
    with pytest.raises(NodeError):
        run_node(Assert, form, [{"a": 1}], context=context("test_run"))


def test_the_number_of_items_can_be_asserted():
    with pytest.raises(NodeError, match="3 items, not 1 to 2"):
        run_node(Assert, {"check": "count", "at_most": 2}, [{}] * 3)


@pytest.mark.parametrize(
    ("when", "mode", "is_mocked"),
    [
        ("always", "webhook", True),
        ("trial", "webhook", False),
        ("trial", "manual", True),
        ("test", "manual", False),
        ("test", "test_run", True),
    ],
)
def test_a_mock_stands_in_when_it_is_told_to(when, mode, is_mocked):
    form = {"gives": "each", "data": {"m": 1}, "when": when}

    result = run_node(Mock, form, [{"a": 1}], context=context(mode))

    assert result.json() == ([{"m": 1}] if is_mocked else [{"a": 1}])


def test_a_mocked_error_is_that_of_a_service_and_ends_after_some_attempts():
    form = {"gives": "error", "status": 429, "message": "Busy.", "attempts": 2}

    with pytest.raises(UpstreamError) as caught:
        run_node(Mock, form, [{}], context=context("manual", attempt=2))

    assert (caught.value.status, caught.value.is_retryable) == (429, True)
    assert run_node(Mock, form, [{"a": 1}], context=context("manual", attempt=3)).json() == [
        {"a": 1}
    ]


@pytest.mark.parametrize("data", [7, "text", [1]])
def test_a_mock_gives_objects_only(data):
    with pytest.raises(UserError):
        run_node(Mock, {"data": data})
