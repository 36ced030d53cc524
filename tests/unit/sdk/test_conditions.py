"""Conditions: one row for each operator and each kind of value."""

from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from headrace_sdk import Conditions, UserError
from headrace_sdk.conditions import holds


def one(op, left=None, right=None, **options):
    row = {"op": op, "left": left, "right": right}
    return holds(Conditions.model_validate({"all": [row], **options}))


HOLD = [
    ("equals", 5, 5),
    ("equals", 5, "5"),
    ("equals", "5.0", 5),
    ("equals", True, "TRUE"),
    ("equals", None, None),
    ("equals", [1, {"a": 2.0}], [1.0, {"a": 2}]),
    ("not_equals", "a", "b"),
    ("not_equals", 1, True),
    ("not_equals", [1], [True]),
    ("not_equals", None, ""),
    ("not_equals", "5 apples", 5),
    ("contains", "red wine", "wine"),
    ("contains", ["1", 2], 1),
    ("contains", {"key": 1}, "key"),
    ("contains", 1234, 23),
    ("not_contains", ["a"], "b"),
    ("not_contains", None, "x"),
    ("starts_with", "abc", "ab"),
    ("ends_with", "abc", "bc"),
    ("matches", "x-17", r"^x-\d+$"),
    ("gt", 10, 9),
    ("gt", "10", "9"),
    ("gt", "b", "a"),
    ("gt", "2026-03-01", "2026-02-28T23:00:00Z"),
    ("gte", 5, "5"),
    ("lt", -1, 0),
    ("lt", "2026-01-01T12:00:00+02:00", "2026-01-01T11:00:00Z"),
    ("lte", "a", "a"),
    ("is_empty", "", None),
    ("is_empty", [], None),
    ("is_empty", {}, None),
    ("is_empty", None, None),
    ("is_not_empty", 0, None),
    ("is_not_empty", False, None),
    ("exists", "", None),
    ("not_exists", None, None),
    ("is_true", True, None),
    ("is_true", "true", None),
    ("is_false", "False", None),
    ("before", "2026-01-01", "2026-01-02"),
    ("after", "2026-01-02T00:00:00", "2026-01-01"),
    ("has_key", {"a": None}, "a"),
    ("length_equals", "abc", 3),
    ("length_gt", [1, 2], "1"),
    ("length_lt", {}, 1),
]


@pytest.mark.parametrize(("op", "left", "right"), HOLD)
def test_it_holds(op, left, right):
    assert one(op, left, right)


DO_NOT_HOLD = [
    ("equals", 0, None),
    ("equals", 1, True),
    ("equals", "a", "A"),
    ("gt", None, 1),
    ("gt", "abc", 1),
    ("lt", None, 1),
    ("gt", [2], [1]),
    ("gt", True, False),
    ("contains", "abc", None),
    ("contains", {"a": 1}, 1),
    ("starts_with", None, ""),
    ("matches", None, "."),
    ("is_true", 1, None),
    ("is_false", 0, None),
    ("is_false", None, None),
    ("before", "soon", "2026-01-01"),
    ("after", 20260102, "2026-01-01"),
    ("has_key", ["a"], "a"),
    ("has_key", {"a": 1}, {}),
    ("length_equals", 5, 1),
    ("length_gt", [1], None),
]


@pytest.mark.parametrize(("op", "left", "right"), DO_NOT_HOLD)
def test_it_does_not_hold(op, left, right):
    assert not one(op, left, right)


@pytest.mark.parametrize(
    ("op", "left", "right"),
    [
        ("equals", "Straße", "STRASSE"),
        ("contains", "Red Wine", "wine"),
        ("contains", ["A"], "a"),
        ("starts_with", "ABC", "ab"),
        ("matches", "ABC", "b"),
    ],
)
def test_case_can_be_ignored(op, left, right):
    assert one(op, left, right, ignore_case=True)


@pytest.mark.parametrize(("left", "right"), [("5", 5), (True, "true"), ([], {}), (1, "a")])
def test_strict_types_refuse_to_compare_different_types(left, right):
    with pytest.raises(UserError) as caught:
        one("equals", left, right, strict=True)

    assert caught.value.code == "type_mismatch"


@pytest.mark.parametrize(("left", "right"), [(None, 5), (5, None), (1, 2.5)])
def test_strict_types_let_null_and_both_kinds_of_numbers_be_compared(left, right):
    assert not one("equals", left, right, strict=True)


def test_all_needs_every_row_and_any_needs_one():
    yes, no = {"op": "is_empty", "left": ""}, {"op": "is_empty", "left": "x"}

    assert not holds(Conditions.model_validate({"all": [yes, no]}))
    assert holds(Conditions.model_validate({"any": [no, yes]}))
    assert not holds(Conditions.model_validate({"any": []}))
    assert holds(Conditions())


def test_all_and_any_together_are_refused():
    with pytest.raises(ValidationError, match="not both"):
        Conditions.model_validate({"all": [], "any": []})


def test_an_error_names_the_item():
    rows = {"all": [{"op": "matches", "left": "a", "right": "("}]}

    with pytest.raises(UserError) as caught:
        holds(Conditions.model_validate(rows), 7)

    assert (caught.value.item, caught.value.code) == (7, "invalid_pattern")


@pytest.mark.parametrize("pattern", [r"(?=a)b", r"(a)\1", "[", "x" * 3_000, r"(\w{900}){900}"])
def test_a_pattern_that_could_run_away_or_is_none_is_refused(pattern):
    with pytest.raises(UserError, match="pattern"):
        one("matches", "aaa", pattern)


def test_a_pattern_that_would_backtrack_for_ever_answers_at_once():
    started = time.perf_counter()

    found = one("matches", "a" * 50_000 + "!", r"^(a+)+$")

    assert not found
    assert time.perf_counter() - started < 1
