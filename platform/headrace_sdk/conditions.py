"""Decides the conditions that users build: one function for each operator of `forms.Operator`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from headrace_sdk.comparison import kind_of, loosely_equal, order
from headrace_sdk.errors import UserError
from headrace_sdk.forms import Condition, Conditions, Operator
from headrace_sdk.items import JsonValue
from headrace_sdk.moments import as_moment
from headrace_sdk.patterns import matches

_Test: TypeAlias = Callable[[JsonValue, JsonValue, bool], bool]


def holds(conditions: Conditions, item: int | None = None) -> bool:
    """Do all, or does any, of the comparisons hold? No conditions at all hold.

    Raises:
        UserError: `strict` is on and two values differ in type, or a pattern is not one; it
            names the `item`.
    """
    try:
        if conditions.any is not None:
            return any(_one(conditions, condition) for condition in conditions.any)
        return all(_one(conditions, condition) for condition in conditions.all or ())
    except UserError as error:
        error.item = item
        raise


def _one(conditions: Conditions, condition: Condition) -> bool:
    if conditions.strict and condition.op in _SAME_KIND:
        _check_kinds(condition)
    return _TESTS[condition.op](condition.left, condition.right, conditions.ignore_case)


def _check_kinds(condition: Condition) -> None:
    left, right = kind_of(condition.left), kind_of(condition.right)
    if left != right and "null" not in (left, right):
        message = (
            f"The comparison {condition.op!r} has {left} on the left and {right} on the right. "
            "Make them the same type, or switch off strict types."
        )
        raise UserError(message, field="conditions", code="type_mismatch")


def _ordered(decide: Callable[[int], bool]) -> _Test:
    def test(left: JsonValue, right: JsonValue, ignore_case: bool) -> bool:
        found = order(left, right, ignore_case=ignore_case)
        return found is not None and decide(found)

    return test


def _textual(decide: Callable[[str, str], bool]) -> _Test:
    def test(left: JsonValue, right: JsonValue, ignore_case: bool) -> bool:
        first, second = _text(left), _text(right)
        if first is None or second is None:
            return False
        if ignore_case:
            first, second = first.casefold(), second.casefold()
        return decide(first, second)

    return test


def _timed(decide: Callable[[int], bool]) -> _Test:
    def test(left: JsonValue, right: JsonValue, _: bool) -> bool:
        if as_moment(left) is None or as_moment(right) is None:
            return False
        found = order(left, right)
        return found is not None and decide(found)

    return test


def _sized(decide: Callable[[int], bool]) -> _Test:
    def test(left: JsonValue, right: JsonValue, _: bool) -> bool:
        if not isinstance(left, (str, list, dict)):
            return False
        found = order(len(left), right)
        return found is not None and decide(found)

    return test


def _text(value: JsonValue) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else None


def _contains(left: JsonValue, right: JsonValue, ignore_case: bool) -> bool:
    if isinstance(left, list):
        return any(loosely_equal(part, right, ignore_case=ignore_case) for part in left)
    if isinstance(left, dict):
        return right in left if isinstance(right, str) else False
    return _includes(left, right, ignore_case)


_includes: Final = _textual(lambda whole, part: part in whole)


def _matches(left: JsonValue, right: JsonValue, ignore_case: bool) -> bool:
    text, pattern = _text(left), _text(right)
    return bool(
        text is not None and pattern is not None and matches(pattern, text, ignore_case=ignore_case)
    )


def _is_empty(value: JsonValue) -> bool:
    return value is None or value in ("", [], {})


def _equals(left: JsonValue, right: JsonValue, ignore_case: bool) -> bool:
    return loosely_equal(left, right, ignore_case=ignore_case)


def _is(expected: bool) -> _Test:
    return lambda left, _right, _case: loosely_equal(left, expected)


_SAME_KIND: Final[frozenset[Operator]] = frozenset(
    ("equals", "not_equals", "gt", "gte", "lt", "lte", "starts_with", "ends_with")
)

_TESTS: Final[dict[Operator, _Test]] = {
    "equals": _equals,
    "not_equals": lambda left, right, case: not _equals(left, right, case),
    "contains": _contains,
    "not_contains": lambda left, right, case: not _contains(left, right, case),
    "starts_with": _textual(str.startswith),
    "ends_with": _textual(str.endswith),
    "matches": _matches,
    "gt": _ordered(lambda found: found > 0),
    "gte": _ordered(lambda found: found >= 0),
    "lt": _ordered(lambda found: found < 0),
    "lte": _ordered(lambda found: found <= 0),
    "is_empty": lambda left, _right, _case: _is_empty(left),
    "is_not_empty": lambda left, _right, _case: not _is_empty(left),
    "exists": lambda left, _right, _case: left is not None,
    "not_exists": lambda left, _right, _case: left is None,
    "is_true": _is(True),
    "is_false": _is(False),
    "before": _timed(lambda found: found < 0),
    "after": _timed(lambda found: found > 0),
    "has_key": lambda left, right, _case: isinstance(left, dict) and _text(right) in left,
    "length_equals": _sized(lambda found: found == 0),
    "length_gt": _sized(lambda found: found > 0),
    "length_lt": _sized(lambda found: found < 0),
}
