"""Runs that write into tables: once, by their tenant only, and from processes of their own."""

from __future__ import annotations

import asyncio

import pytest

from headrace.executions import queries
from headrace.executions.runner.shared import Doorway
from headrace.tables import actions, rows, running
from headrace.tables.models import Row
from headrace_sdk import Needs
from tests.support.clients import actor
from tests.support.engine import begin, ended, sql, working
from tests.support.plugged import KIND, plug
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def orders(owner, in_alpha):
    return actions.create(owner, "Orders", [("number", "number"), ("state", "text")])


def table(step, **params):
    return node(step, "data.data_table", {"table": "Orders", **params})


def names_of(table_name):
    found = rows.find(table_name, (), sort="", descending=False, limit=99, skip=0)
    return [row["name"] for row in found]


def test_a_workflow_keeps_changes_and_finds_rows(owner, orders, in_alpha):
    done = [{"name": "state", "value": "done"}]
    large = [{"column": "number", "op": "gt", "value": 1}]
    flow = in_a_row(
        [
            MANUAL,
            table("add", operation="insert"),
            table("change", operation="update", values=done, conditions=large),
            table("find", conditions=large, sort="number", descending=True, limit=5),
        ]
    )
    with working():
        execution = begin(owner, flow, {"number": 1}, {"number": 2}, {"number": 3})
        assert ended(execution) == "completed"

    found = [item["json"] for item in queries.answer(execution)["items"]]
    assert {(row["number"], row["state"]) for row in found} == {(2, "done"), (3, "done")}


def test_a_worker_that_dies_between_write_and_record_has_written_once(
    owner, orders, in_alpha, monkeypatch
):
    """R-007: the next attempt is given the rows of the first one."""
    once, asked = Doorway.once, []

    async def taken_over_after(self, *given, **named):
        answer = await once(self, *given, **named)
        asked.append(answer)
        if len(asked) == 1:
            take_over = "update run_queue set state = 'ready', token = token + 1"
            await asyncio.to_thread(sql, take_over)
        return answer

    monkeypatch.setattr(Doorway, "once", taken_over_after)
    with working():
        execution = begin(
            owner, in_a_row([MANUAL, table("add", operation="insert")]), {"number": 1}
        )
        assert ended(execution) == "completed"

    assert len(asked) == 2
    assert asked[0] == asked[1]
    assert Row.objects.count() == 1


def test_a_bad_value_fails_the_step_at_its_item_and_nothing_is_kept(owner, orders, in_alpha):
    with working():
        flow = in_a_row([MANUAL, table("add", operation="insert")])
        execution = begin(owner, flow, {"number": 1}, {"number": "many"})
        assert ended(execution) == "failed"

    error = queries.answer(execution)["error"]
    assert (error["code"], error["item"]) == ("invalid_cell", 1)
    assert Row.objects.count() == 0


def test_a_write_that_gives_back_too_much_is_not_done(owner, orders, in_alpha, monkeypatch):
    monkeypatch.setattr(running, "MAX_ANSWER_BYTES", 100)
    with working():
        flow = in_a_row([MANUAL, table("add", operation="insert")])
        execution = begin(owner, flow, {"state": "x" * 200})
        assert ended(execution) == "failed"

    assert queries.answer(execution)["error"]["code"] == "table_limit"
    assert Row.objects.count() == 0


def test_the_table_of_another_tenant_does_not_exist(owner, alpha, beta, as_tenant):
    with as_tenant(beta):
        theirs = actions.create(actor(beta), "Orders", [("number", "number")])
    with as_tenant(alpha), working():
        flow = in_a_row([MANUAL, node("add", "data.data_table", {"table": str(theirs)})])
        execution = begin(owner, flow, {})
        assert ended(execution) == "failed"
        assert queries.answer(execution)["error"]["code"] == "table_not_found"


@pytest.mark.parametrize(
    ("declared", "status", "kept"), [(True, "completed", ["Ada"]), (False, "failed", [])]
)
def test_a_package_reaches_tables_from_its_process_if_it_declared_that(
    owner, in_alpha, monkeypatch, declared, status, kept
):
    actions.create(owner, "Seen", [("name", "text")])
    plug(monkeypatch, needs=Needs(tables=declared), trust="community")

    with working():
        execution = begin(owner, in_a_row([MANUAL, node("reach", KIND, {"act": "tables"})]), {})
        assert ended(execution, within_s=45) == status

    assert names_of("Seen") == kept
