"""`each_item`: calls for the items without an outcome, and no others."""

from __future__ import annotations

import asyncio

import pytest

from headrace_sdk import Item, NodeError, each_item, to_main
from headrace_sdk.testing.outcomes import MemoryOutcomes

ITEMS = [Item({"n": n}) for n in range(4)]


def run(outcomes, call, parallel=1):
    return asyncio.run(each_item(outcomes, ITEMS, call, parallel=parallel))


async def double(_index, item):
    return to_main([Item({"n": item.json["n"] * 2})])


async def fail_at_one(index, item):
    if index == 1:
        raise NodeError("no")
    return await double(index, item)


@pytest.mark.parametrize("parallel", [1, 3, 10])
def test_results_come_in_the_order_of_the_items(parallel):
    found = run(MemoryOutcomes(), double, parallel)

    assert [item.json["n"] for item in found["main"]] == [0, 2, 4, 6]


def test_an_item_that_was_done_before_is_not_called_again():
    outcomes = MemoryOutcomes({2: to_main([Item({"n": "before"})])})

    found = run(outcomes, double)

    assert outcomes.begun == [0, 1, 3]
    assert [item.json["n"] for item in found["main"]] == [0, 2, "before", 6]


def test_after_a_failure_nothing_new_is_begun():
    outcomes = MemoryOutcomes()

    with pytest.raises(NodeError, match="no"):
        run(outcomes, fail_at_one)

    assert outcomes.begun == [0, 1]
    assert outcomes.errors[1].item == 1


def test_where_errors_stop_nothing_the_other_items_go_on():
    outcomes = MemoryOutcomes(keeps_going=True)

    found = run(outcomes, fail_at_one)

    assert [item.json["n"] for item in found["main"]] == [0, 4, 6]
    assert list(outcomes.errors) == [1]


def test_a_fault_of_the_node_is_not_the_failure_of_an_item():
    async def broken(_index, _item):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(MemoryOutcomes(keeps_going=True), broken)
