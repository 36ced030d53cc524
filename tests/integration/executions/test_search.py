"""The list of executions, narrowed by what people remember of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from headrace.executions.models import Execution
from headrace.llm.models import Call
from tests.support.engine import begin
from tests.support.workflows import MANUAL, in_a_row

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def found(in_alpha, owner, api):
    """Numbers of the runs that the list gives; two were begun, of "Orders" and of "Invoices"."""
    first, second = (begin(owner, in_a_row([MANUAL]), {}) for _ in range(2))
    Execution.objects.filter(pk=first).update(workflow_name="Orders of today")
    Execution.objects.filter(pk=second).update(workflow_name="Invoices")
    rows = {row.workflow_name: row for row in Execution.objects.all()}
    client = api()

    def names(**params):
        answer = client.get("executions/", **params)
        assert answer.status_code == 200, answer.content
        return [row["workflow"]["name"] for row in answer.json()["results"]]

    return names, rows, client


def test_by_number_and_by_a_part_of_the_name(found):
    names, rows, _ = found

    assert names(q="of TOD") == ["Orders of today"]
    assert names(q=f"#{rows['Invoices'].number}") == ["Invoices"]
    assert names(q="none of them") == []
    assert len(names(q="9" * 40)) == 0


def test_by_the_time_at_which_they_began(found):
    names, rows, _ = found
    rows["Orders of today"].queued_at -= timedelta(days=2)
    rows["Orders of today"].save(update_fields=["queued_at"])
    yesterday = rows["Invoices"].queued_at - timedelta(days=1)

    assert names(since=yesterday.isoformat()) == ["Invoices"]


def test_what_is_no_moment_is_refused(found):
    *_, client = found

    answer = client.get("executions/", since=quote("last week"))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_moment")


def test_by_what_models_cost_in_them(found):
    names, rows, client = found
    orders = rows["Orders of today"].pk
    pay(orders, "ask", 900)
    pay(orders, "ask", 400)
    pay(orders, "agent", 200)

    assert names(cost=1) == names(cost=1_500) == ["Orders of today"]
    assert names(cost=1_501) == []
    listed = client.get("executions/").json()["results"]
    assert [row["cost_micro"] for row in listed] == [0, 1_500]
    cost = client.get(f"executions/{orders}/cost/").json()
    assert cost == {"cost_micro": 1_500, "nodes": {"ask": 1_300, "agent": 200}}


def pay(execution: UUID, node: str, micro: int) -> None:
    """A call in the ledger that has ended."""
    Call.objects.create(
        key=uuid4(),
        deadline=datetime.now(UTC),
        execution_id=execution,
        node=node,
        cost_micro=micro,
    )
