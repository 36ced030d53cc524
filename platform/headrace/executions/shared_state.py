"""What shared state asks of the executions: which are open, and to wake one that waits."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import orjson

from headrace.executions.actions import tell
from headrace.executions.models import Execution
from headrace.executions.queue.models import QueuedExecution
from headrace.executions.types import OPEN_STATUSES
from headrace.state import actions as state
from headrace.tenants.context import public, tenant
from headrace.tenants.queries import by_id


class OpenExecutions:
    """Implements `headrace.state.ports.Executions`."""

    def open_among(self, ids: Collection[UUID]) -> Collection[UUID]:
        """Those that have not ended."""
        found = Execution.objects.filter(pk__in=ids, status__in=OPEN_STATUSES)
        return set(found.values_list("pk", flat=True))

    def wake(self, execution_id: UUID, node: str, run: str, *, told: UUID) -> None:
        """Let a waiting step look again, once this transaction is committed."""
        data = orjson.dumps({"node": node, "run": run})
        tell(execution_id, "resumed", f"shared:{told.hex}", data)


def hand_on_locks() -> int:
    """Hand on what ended executions held to those who wait; how many locks were looked at.

    Tenants without a waiting execution are not asked.
    """
    with public():
        waiting = QueuedExecution.objects.filter(state=QueuedExecution.State.WAITING)
        tenants = set(waiting.values_list("tenant_id", flat=True).distinct())
    looked_at = 0
    for owner in filter(None, map(by_id, sorted(tenants))):
        with tenant(owner):
            looked_at += state.hand_on_locks()
    return looked_at
