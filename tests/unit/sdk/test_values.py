"""Comparing, ordering, converting and showing JSON values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace_sdk import UserError
from headrace_sdk.comparison import as_number, equal, fingerprint, order, sort_key
from headrace_sdk.conversion import convert
from headrace_sdk.moments import as_moment
from headrace_sdk.moments import to_text as moment_text
from headrace_sdk.texts import as_text

SCALAR = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, 2.5, "", "1", "a"])
)
JSON = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(left=JSON, right=JSON)
def test_equal_values_have_equal_fingerprints_and_only_they(left, right):
    assert equal(left, right) == (fingerprint(left) == fingerprint(right))


@given(value=JSON)
def test_every_fingerprint_can_be_a_key_and_equals_itself(value):
    assert {fingerprint(value): 1}
    assert equal(value, value)


@given(values=st.lists(JSON, max_size=8))
def test_any_mixture_can_be_sorted(values):
    keys = [key for value in values if (key := sort_key(value)) is not None]

    assert len(sorted(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-1.5", -1.5),
        ("1e3", 1000),
        (".5", 0.5),
        ("+7", 7),
        ("12345678901234567890", 12345678901234567890),
        ("", None),
        ("1_000", None),
        ("١٢", None),
        (" 1", None),
        ("nan", None),
        ("inf", None),
        ("0x10", None),
        ("1" * 400, None),
        (True, None),
        (float("nan"), None),
    ],
)
def test_a_text_that_says_a_number_is_one(text, number):
    assert as_number(text) == number


def test_things_that_cannot_be_compared_have_no_order():
    assert order("a", 1) is None
    assert order(None, None) is None
    assert order([1], [2]) is None


@pytest.mark.parametrize(
    ("value", "to", "expected"),
    [
        ("12.50", "number", 12.5),
        (" 7 ", "number", 7),
        (True, "number", 1),
        (12.0, "text", "12"),
        (1.5, "text", "1.5"),
        ({"a": [1, None]}, "text", '{"a":[1,null]}'),
        ("Yes", "boolean", True),
        ("", "boolean", False),
        (2, "boolean", True),
        ('{"a": 1}', "object", {"a": 1}),
        ("[1, 2]", "array", [1, 2]),
        ("one", "array", ["one"]),
        (5, "array", [5]),
        ({"a": 1}, "array", [{"a": 1}]),
        (None, "number", None),
        ("x", "auto", "x"),
    ],
)
def test_a_value_is_converted_to_the_chosen_type(value, to, expected):
    converted = convert(value, to)

    assert converted == expected
    assert type(converted) is type(expected)


@pytest.mark.parametrize(
    ("value", "to"),
    [
        ("one", "number"),
        ([], "number"),
        ("maybe", "boolean"),
        ({}, "boolean"),
        ("[1]", "object"),
        ("{", "object"),
        ('{"a": NaN}', "object"),
        (5, "object"),
    ],
)
def test_what_cannot_be_read_as_a_type_is_an_error(value, to):
    with pytest.raises(UserError) as caught:
        convert(value, to)

    assert caught.value.code == "conversion_failed"


def test_nothing_is_the_empty_text_and_texts_stay_as_they_are():
    assert as_text(None) == ""
    assert as_text("null") == "null"
    assert as_text(1e300) == "1e+300"


@pytest.mark.parametrize("text", ["2026", "26-01-01", "tomorrow", "2026-13-01", 20260101, None, ""])
def test_only_iso_texts_are_moments(text):
    assert as_moment(text) is None


def test_a_moment_without_offset_is_utc():
    moment = as_moment("2026-01-01T10:00")

    assert moment is not None
    assert moment_text(moment) == "2026-01-01T10:00:00.000Z"
