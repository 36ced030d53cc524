"""Executions of a paused workflow: those that have not begun stay in the queue, due at no time."""

from __future__ import annotations

from functools import partial
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from headrace.accounts.types import Actor
from headrace.executions.doorbell import doorbell
from headrace.workflows.pausing import set_paused

HOLD: Final = """
update run_queue set due_at = 'infinity'
where workflow_id = %s and state in ('ready', 'held') and last_seq = 0 and cancel_at is null
"""

LET_GO: Final = """
update run_queue set due_at = clock_timestamp()
where workflow_id = %s and state in ('ready', 'held') and last_seq = 0 and due_at = 'infinity'
returning lane
"""


@transaction.atomic
def pause(actor: Actor, workflow_id: UUID) -> bool:
    """Begin no execution of a workflow any more; was that a change? Those under way go on.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
    """
    changed = set_paused(actor, workflow_id, is_paused=True)
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [workflow_id])
    return changed


@transaction.atomic
def let_go_on(actor: Actor, workflow_id: UUID) -> bool:
    """Begin its executions again, those first that have waited; was that a change?

    Raises:
        Forbidden, WorkflowNotFound: as they say.
    """
    changed = set_paused(actor, workflow_id, is_paused=False)
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(LET_GO, [workflow_id])
            lanes = {lane for (lane,) in cursor.fetchall()}
        for lane in lanes:
            transaction.on_commit(partial(doorbell().ring, lane))
    return changed
