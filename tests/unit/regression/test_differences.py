"""What differs between two runs of a step, and what is left out of it."""

from __future__ import annotations

import pytest

from headrace.regression.differences import MOST, Ignored, differences
from headrace.regression.types import SampleStep
from headrace_sdk.items import FileRef, Item


def step(*jsons, node="a", run="0", **more):
    return SampleStep(node, node.upper(), run, {"main": [Item(one) for one in jsons]}, **more)


def found(before, after, *ignored):
    actual = {(one.node, one.run): one for one in after}
    return [
        (one.item, one.path, one.expected, one.actual)
        for one in differences(before, actual, [Ignored(*one) for one in ignored])
    ]


def test_the_same_items_do_not_differ():
    assert found([step({"a": [1, {"b": None}]})], [step({"a": [1, {"b": None}]})]) == []


def test_the_order_of_keys_and_lineage_do_not_matter():
    before = SampleStep("a", "A", "0", {"main": [Item({"x": 1, "y": 2})]})
    after = SampleStep("a", "A", "0", {"main": [Item({"y": 2, "x": 1}).at(3)]})

    assert found([before], [after]) == []


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ({"a": 1}, {"a": 2}, "a"),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "a.b"),
        ({"a": [1, 2]}, {"a": [1, 3]}, "a.1"),
        ({"a": [1]}, {"a": [1, 3]}, "a.1"),
        ({}, {"a": 1}, "a"),
        ({"a": 1}, {}, "a"),
        ({"a": 1}, {"a": "1"}, "a"),
        ({"a": 1}, {"a": True}, "a"),
        ({"a": {}}, {"a": []}, "a"),
    ],
)
def test_a_difference_is_named_by_its_path(before, after, path):
    assert [one[1] for one in found([step(before)], [step(after)])] == [path]


def test_a_whole_number_is_equal_to_itself_with_a_point():
    assert found([step({"a": 1})], [step({"a": 1.0})]) == []


def test_more_or_fewer_items_differ_by_item():
    assert found([step({}, {"a": 1})], [step({})]) == [(1, "", {"a": 1}, None)]
    assert found([step({})], [step({}, {"a": 1})]) == [(1, "", None, {"a": 1})]


def test_a_step_that_did_not_run_is_one_difference():
    assert found([step({}, {})], []) == [(None, "", {"items": {"main": 2}}, None)]


def test_a_run_more_of_a_known_node_is_a_difference():
    assert found([step({})], [step({}), step({}, run="1")]) == [
        (None, "", None, {"items": {"main": 1}})
    ]


def test_nodes_that_the_test_does_not_know_are_left_out():
    assert found([step({})], [step({}), step({"new": 1}, node="b")]) == []


def test_errors_differ_by_their_code_and_not_by_their_words():
    before = step(error={"code": "x", "message": "before"})

    assert found([before], [step(error={"code": "x", "message": "after"})]) == []
    assert len(found([before], [step(error={"code": "y", "message": "before"})])) == 1
    assert len(found([before], [step()])) == 1


def test_files_are_compared_by_content():
    def with_file(id_, sha):
        item = Item({}, {"data": FileRef(id_, "a.txt", "text/plain", 1, sha)})
        return SampleStep("a", "A", "0", {"main": [item]})

    assert found([with_file("1", "x")], [with_file("2", "x")]) == []
    assert [one[1] for one in found([with_file("1", "x")], [with_file("1", "y")])] == [
        "$binary.data.sha256"
    ]


@pytest.mark.parametrize(
    "place", [("a", ("t",)), ("*", ("t",)), ("a", ("*", "at")), ("*", ("t", "at"))]
)
def test_an_ignored_place_may_differ(place):
    assert found([step({"t": {"at": 1}})], [step({"t": {"at": 2}})], place) == []


@pytest.mark.parametrize("place", [("b", ("t",)), ("a", ("t", "at", "deeper")), ("a", ("x",))])
def test_other_places_still_count(place):
    assert len(found([step({"t": {"at": 1}})], [step({"t": {"at": 2}})], place)) == 1


def test_there_is_an_end_to_them():
    assert len(found([step(*[{"a": 1}] * 500)], [step(*[{"a": 2}] * 500)])) == MOST
