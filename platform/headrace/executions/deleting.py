"""Takes executions that have ended out of the list for good, by hand."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.executions import retention
from headrace.executions.errors import ExecutionNotFound, StillOpen
from headrace.executions.models import Execution
from headrace.executions.types import OPEN_STATUSES


@transaction.atomic
def delete(actor: Actor, execution_id: UUID) -> None:
    """Delete an execution with its log, items and files. Nobody can bring it back.

    Raises:
        Forbidden: the actor may not delete executions.
        ExecutionNotFound: as it says.
        StillOpen: it has not ended.
    """
    require(actor, "execution.delete")
    # Locked, so that it cannot be retried while it goes.
    execution = Execution.objects.select_for_update().filter(pk=execution_id).first()
    if execution is None:
        raise ExecutionNotFound
    if execution.status in OPEN_STATUSES:
        raise StillOpen(execution.status)
    retention.delete([execution_id])
    told = {
        "number": execution.number,
        "workflow": execution.workflow_name,
        "status": execution.status,
    }
    audit.record(actor.value, "execution.deleted", "execution", execution_id, told)
