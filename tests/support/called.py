"""Published workflows that call, emit and listen, and what became of their runs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from headrace.accounts.types import SYSTEM
from headrace.executions import queries
from headrace.executions.models import Execution
from headrace.outbox.actions import relay_batch
from headrace.workflows import actions as workflows
from tests.support.engine import ended, until


def published(content: dict[str, Any], name: str) -> UUID:
    """A published workflow; its id."""
    workflow = workflows.create(SYSTEM, name=name, document={**content, "name": name}).row.id
    workflows.publish(SYSTEM, workflow)
    return workflow


def runs_of(workflow: UUID) -> list[Execution]:
    """Its executions, oldest first."""
    return list(Execution.objects.filter(workflow_id=workflow).order_by("number"))


def relayed() -> None:
    """Carry everything out of the outbox, and what that put there."""
    while relay_batch():
        pass


def settled() -> None:
    """Run and relay until nothing is left to do."""
    while True:
        for row in Execution.objects.filter(status__in=("queued", "running")):
            ended(row.pk)
        if not relay_batch():
            return


def waits(execution: UUID) -> None:
    """Until the execution waits."""
    until(lambda: queries.get(execution).status == "waiting", "the execution waits")


def results_of(execution: UUID) -> list[dict[str, Any]]:
    """The JSON of the items that it ended with."""
    answer = queries.answer(execution)
    return [item["json"] for item in answer["items"]] if answer else []
