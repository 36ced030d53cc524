"""What can be kept by a key, and the arithmetic of it."""

from __future__ import annotations

import asyncio

import pytest

from headrace_sdk import UserError
from headrace_sdk.state import checked_key, encoded, increased, lengthened
from headrace_sdk.testing import MemoryState


@pytest.mark.parametrize(
    ("value", "by", "expected"),
    [
        (None, 1, 1),
        (2, 1.0, 3),
        (1, 0.5, 1.5),
        (1.5, 0.5, 2),
        (2**62, 1.0, 2**62 + 1),
        (-5, -1, -6),
    ],
)
def test_numbers_are_added_exactly(value, by, expected):
    total = increased(value, by)

    assert (total, type(total)) == (expected, type(expected))


@pytest.mark.parametrize("value", ["1", True, [], {}])
def test_what_is_no_number_cannot_be_counted(value):
    with pytest.raises(UserError) as caught:
        increased(value, 1)

    assert caught.value.code == "state_not_a_number"


@pytest.mark.parametrize("by", [2**63, float("inf"), float("-inf"), 1e300])
def test_a_number_that_would_not_be_exact_is_refused(by):
    with pytest.raises((UserError, OverflowError)) as caught:
        increased(1, by)

    assert isinstance(caught.value, UserError)


def test_a_list_grows_without_changing_the_old_one():
    old = [1]

    assert (lengthened(old, 2), old) == ([1, 2], [1])
    with pytest.raises(UserError):
        lengthened({}, 1)


def test_equal_values_are_equal_bytes_whatever_the_order_of_their_keys():
    assert encoded({"b": 1, "a": "ä\0"}) == encoded({"a": "ä\0", "b": 1})


@pytest.mark.parametrize("value", [float("nan"), object(), {"a": {1, 2}}])
def test_only_json_is_kept(value):
    with pytest.raises(UserError) as caught:
        encoded(value)

    assert caught.value.code == "state_value_invalid"


def test_a_value_may_be_as_large_as_the_limit_and_no_larger():
    encoded("x" * (64 * 1024 - 2))

    with pytest.raises(UserError, match="65,537 bytes"):
        encoded("x" * (64 * 1024 - 1))


def test_any_printable_text_of_200_characters_is_a_key():
    assert checked_key("ä" * 200)


def test_in_memory_a_compare_and_set_goes_by_what_is_kept():
    async def story():
        state = MemoryState()
        first = await state.compare_set("k", None, {"a": 1})
        second = await state.compare_set("k", None, 2)
        third = await state.compare_set("k", {"a": 1}, 3)
        return first, second, third, await state.get("k")

    assert asyncio.run(story()) == (True, False, True, 3)
