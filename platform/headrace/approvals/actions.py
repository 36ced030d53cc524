"""Writes of the approvals app: the decision. Rows are made and withdrawn with the log."""

from __future__ import annotations

from functools import partial
from typing import Literal
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Q

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.approvals import queries
from headrace.approvals.errors import ApprovalDecided, ReasonMissing
from headrace.approvals.models import Approval
from headrace.approvals.ports import ports
from headrace.approvals.types import ApprovalRow, State
from headrace.audit import actions as audit
from headrace.executions import actions as executions
from headrace.executions import queries as execution_queries
from headrace.executions.types import OPEN_STATUSES
from headrace.tenants.clock import database_now


@transaction.atomic
def decide(
    actor: Actor, approval_id: UUID, decision: Literal["approved", "rejected"], reason: str = ""
) -> ApprovalRow:
    """Close an approval and tell its execution, in one transaction; the first one wins (R-042).

    Raises:
        Forbidden: the actor may not decide, or is not among those who are asked.
        ApprovalNotFound, ReasonMissing: as they say.
        ApprovalDecided: somebody was faster, its time is over, or the execution has ended.
    """
    require(actor, "approval.decide")
    row = queries.found(approval_id)
    require(actor, "approval.decide", queries.assignees_of(row))
    if decision == "rejected" and row.needs_reason and not reason.strip():
        raise ReasonMissing
    now = database_now()
    still_open = Approval.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now), pk=approval_id, state=State.OPEN
    )
    is_first = still_open.update(
        state=decision,
        reason=reason,
        decided_at=now,
        touched_at=now,
        decided_by_id=actor.person_id,
        decided_by_name=actor.label[:200],
    )
    if not is_first or execution_queries.get(row.execution_id).status not in OPEN_STATUSES:
        state = queries.found(approval_id).state
        raise ApprovalDecided(State.EXPIRED if state == State.OPEN else state)
    by = {"id": str(actor.person_id), "name": actor.label}
    told = {"decision": decision, "reason": reason, "by": by, "at": now.isoformat()}
    executions.tell(
        row.execution_id,
        "decided",
        f"approval:{approval_id.hex}",
        orjson.dumps({"node": row.node, "run": row.run, "data": told}),
    )
    transaction.on_commit(partial(ports.bell.ring, row.tenant_id))
    facts = {"execution": str(row.execution_id), "title": row.title, "reason": reason}
    audit.record(actor.value, f"approval.{decision}", "approval", approval_id, facts)
    return queries.approval(approval_id)
