"""Executions that wait for a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from headrace.approvals.models import Approval
from headrace.executions import queries
from headrace.tenants.ids import new_id
from tests.support.engine import until
from tests.support.workflows import MANUAL, document, node


def asking(**params: Any) -> dict[str, Any]:
    """A workflow with an approval and a node behind each of its ports."""
    return document(
        [
            MANUAL,
            node("ask", "human.approval", {"title": "Pay?", **params}),
            node("yes", "flow.no_op"),
            node("no", "flow.no_op"),
            node("late", "flow.no_op"),
        ],
        "start -> ask",
        "ask.approved -> yes",
        "ask.rejected -> no",
        "ask.expired -> late",
    )


def waiting(execution: UUID) -> Approval:
    """The open approval of an execution, once it waits."""
    until(lambda: queries.get(execution).status == "waiting", "the wait")
    return Approval.objects.get(execution_id=execution)


def came_by(execution: UUID) -> tuple[str, list[Any]]:
    """The node behind the port that was taken, and its items."""
    node_id = queries.history(execution)[-1].node
    page = queries.step_items(
        execution, node_id, "0", side="output", port=None, offset=0, limit=100
    )
    return node_id, [item.json for item in page.items]


def made(title: str, **facts: Any) -> Approval:
    """An open approval of an execution that has long gone."""
    return Approval.objects.create(
        execution_id=new_id(),
        execution_number=7,
        workflow_id=new_id(),
        workflow_name="Invoices",
        node="ask",
        run="0",
        wait="1",
        title=title,
        message="",
        items=b'[{"amount":3}]',
        needs_reason=True,
        is_risky=False,
        **facts,
    )
