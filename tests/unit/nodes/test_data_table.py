"""Data Table by itself, on tables in memory."""

from __future__ import annotations

import pytest

from headrace_sdk import UserError
from headrace_sdk.testing import MemoryContext, MemoryTables, run_node
from nodes.data.data_table import DataTable

ADA = {"email": "ada@example.com", "name": "Ada"}
BOB = {"email": "bob@example.com", "name": "Bob"}


@pytest.fixture
def tables():
    return MemoryTables()


def run(tables, *items, **params):
    context = MemoryContext(tables=tables)
    return run_node(DataTable, {"table": "People", **params}, items or ({},), context=context)


def when(column, op, value=""):
    return [{"column": column, "op": op, "value": value}]


def test_the_fields_of_each_item_become_a_row(tables):
    made = run(tables, ADA, BOB, operation="insert")

    assert [one["name"] for one in made.json()] == ["Ada", "Bob"]
    assert [item.paired[0].item for item in made.outputs["main"]] == [0, 1]


def test_a_row_that_was_found_can_be_kept_again(tables):
    run(tables, ADA, operation="insert")
    found = run(tables).json()

    again = run(tables, *found, operation="upsert", match=["email"])

    assert again.json() == found


def test_items_without_a_row_leave_by_none_each_with_its_own_condition(tables):
    run(tables, ADA, operation="insert")
    params = [
        {"table": "People", "conditions": when("email", "equals", email)}
        for email in ("ada@example.com", "eve@example.com")
    ]

    found = run_node(DataTable, params, [{"n": 1}, {"n": 2}], context=MemoryContext(tables=tables))

    assert [one["name"] for one in found.json()] == ["Ada"]
    assert found.json("none") == [{"n": 2}]


def test_rows_that_meet_a_condition_are_changed_and_deleted(tables):
    run(tables, ADA, BOB, operation="insert")
    values = [{"name": "name", "value": "Robert"}]
    chosen = when("name", "starts_with", "b")

    changed = run(tables, operation="update", conditions=chosen, values=values)
    gone = run(tables, operation="delete", conditions=when("name", "equals", "Robert"))

    assert [one["name"] for one in changed.json()] == ["Robert"]
    assert [one["email"] for one in gone.json()] == ["bob@example.com"]
    assert [one["name"] for one in run(tables).json()] == ["Ada"]


@pytest.mark.parametrize("operation", ["update", "delete"])
def test_without_a_condition_every_row_is_meant_only_if_it_is_said(tables, operation):
    run(tables, ADA, operation="insert")

    with pytest.raises(UserError, match="Say which rows") as refused:
        run(tables, ADA, operation=operation)
    assert refused.value.field == "conditions"
    assert len(run(tables, BOB, operation=operation, every_row=True).json()) == 1


def test_fields_that_the_table_lacks_can_be_left_out(tables):
    run(tables, ADA, operation="insert")

    made = run(tables, {**BOB, "noise": 1}, operation="insert", known_only=True)

    assert "noise" not in made.json()[0]


def test_a_condition_may_compare_with_a_number(tables):
    run(tables, {"email": 1}, {"email": 2}, operation="insert")

    assert len(run(tables, conditions=when("email", "gt", 1)).json()) == 1


def test_without_a_table_it_says_where_to_make_one(tables):
    with pytest.raises(UserError, match="page Tables"):
        run(tables, table="")
