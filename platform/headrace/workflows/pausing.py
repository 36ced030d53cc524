"""Pauses a workflow: what begins then waits until it is let go on."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import connection, transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.workflows.errors import WorkflowNotFound
from headrace.workflows.models import Workflow

ALONE: Final = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
"""Executions that are about to wait hold it together; see `headrace_is_paused`."""


@transaction.atomic
def set_paused(actor: Actor, workflow_id: UUID, *, is_paused: bool) -> bool:
    """Pause a workflow or let it go on; was that a change?

    Raises:
        Forbidden: the actor may not publish workflows.
        WorkflowNotFound: there is none.
    """
    require(actor, "workflow.publish")
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [str(workflow_id)])
    rows = Workflow.objects.filter(pk=workflow_id, deleted_at=None)
    was_paused = rows.select_for_update().values_list("is_paused", flat=True).first()
    if was_paused is None:
        raise WorkflowNotFound
    if was_paused is is_paused:
        return False
    rows.update(is_paused=is_paused)
    action = "workflow.paused" if is_paused else "workflow.unpaused"
    audit.record(actor.value, action, "workflow", workflow_id, {})
    return True
