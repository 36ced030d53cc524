"""Dotted paths and edits along them."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace_sdk import UserError
from headrace_sdk.paths import MISSING, Edit, parse, read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)
OBJECT = st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)
PATH = st.lists(st.sampled_from("abc") | st.integers(-2, 2), min_size=1, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ()),
        ("a", ("a",)),
        ("a.b", ("a", "b")),
        ("order lines", ("order lines",)),
        ("a[0].b", ("a", 0, "b")),
        ("a[-1]", ("a", -1)),
        ('a["x.y"]', ("a", "x.y")),
        ('["a"].b', ("a", "b")),
        ("größe.$id", ("größe", "$id")),
    ],
)
def test_a_path_is_names_indexes_and_quoted_names(text, path):
    assert parse(text) == path


@pytest.mark.parametrize("text", [".", "a.", ".a", "a..b", "a[", "a[x]", "a]b", "a[0]b", 'a[""]'])
def test_what_is_no_path_is_refused_with_an_example(text):
    with pytest.raises(UserError, match=r"order\.lines") as caught:
        parse(text)

    assert caught.value.code == "invalid_path"


def test_reading_tells_null_from_nothing():
    data = {"a": {"b": None}, "list": [1, 2]}

    assert read(data, parse("a.b")) is None
    assert read(data, parse("a.c")) is MISSING
    assert read(data, parse("a.b.c")) is MISSING
    assert read(data, parse("list[-1]")) == 2
    assert read(data, parse("list[2]")) is MISSING
    assert read(data, parse("list.a")) is MISSING


def test_an_edit_copies_the_changed_path_and_shares_the_rest():
    original = {"a": {"b": {"c": 1}}, "other": {"x": []}}
    edit = Edit(original)

    edit.set(parse("a.b.d"), 2)

    assert edit.root == {"a": {"b": {"c": 1, "d": 2}}, "other": {"x": []}}
    assert original == {"a": {"b": {"c": 1}}, "other": {"x": []}}
    assert edit.root["other"] is original["other"]


def test_a_container_is_copied_once_however_often_it_changes():
    edit = Edit({"a": {"b": 1}})
    edit.set(parse("a.c"), 2)
    copy = edit.root["a"]

    edit.set(parse("a.d"), 3)

    assert edit.root["a"] is copy


def test_a_value_that_was_set_is_not_changed_by_a_later_edit_below_it():
    foreign = {"x": 1}
    edit = Edit({})
    edit.set(parse("a"), foreign)

    edit.set(parse("a.y"), 2)

    assert foreign == {"x": 1}
    assert edit.root == {"a": {"x": 1, "y": 2}}


def test_missing_objects_on_the_way_are_made_and_other_values_replaced():
    edit = Edit({"a": 5})

    edit.set(parse("a.b.c"), 1)

    assert edit.root == {"a": {"b": {"c": 1}}}


def test_lists_can_be_changed_in_place_and_grow_at_their_end():
    edit = Edit({"a": [1, {"b": 2}]})

    edit.set(parse("a[0]"), 9)
    edit.set(parse("a[1].b"), 8)
    edit.set(parse("a[2]"), 7)
    edit.remove(parse("a[0]"))

    assert edit.root == {"a": [{"b": 8}, 7]}


@pytest.mark.parametrize("path", ["a[5]", "a[-5]", "b[0]", "a[5].x", "a.x[0]"])
def test_an_index_beyond_a_list_is_refused(path):
    with pytest.raises(UserError, match="no list with a place"):
        Edit({"a": [1], "b": {}}).set(parse(path), 1)


@given(original=OBJECT, edits=st.lists(st.tuples(PATH, JSON), max_size=5))
def test_no_edit_changes_the_original_and_what_is_set_can_be_read(original, edits):
    before = deepcopy(original)
    edit = Edit(original)

    for path, value in edits:
        try:
            edit.set(path, value)
        except UserError:
            continue
        assert read(edit.root, path) == value

    assert original == before


@given(original=OBJECT, path=PATH)
def test_what_was_removed_is_gone_unless_a_list_moved_up(original, path):
    before = deepcopy(original)
    edit = Edit(original)

    edit.remove(path)

    assert original == before
    if isinstance(path[-1], str):
        assert read(edit.root, path) is MISSING
