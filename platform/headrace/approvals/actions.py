"""Writes of the approvals app: the decision. Rows are made and withdrawn with the log."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.approvals import queries
from headrace.approvals.corrections import changes, checked
from headrace.approvals.errors import ApprovalDecided, ReasonMissing
from headrace.approvals.ports import ports
from headrace.approvals.types import ApprovalRow, Decision
from headrace.audit import actions as audit
from headrace.executions import actions as executions
from headrace.executions import queries as execution_queries
from headrace.executions.types import OPEN_STATUSES
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonValue


@transaction.atomic
def decide(
    actor: Actor,
    approval_id: UUID,
    decision: Decision,
    reason: str = "",
    given: Mapping[str, JsonValue] | None = None,
) -> ApprovalRow:
    """Close an approval and tell its execution, in one transaction; the first one wins (R-042).

    `given` are corrections: new values of the fields that the card offers for it.

    Raises:
        Forbidden: the actor may not decide, or is not among those who are asked.
        ApprovalNotFound, ReasonMissing, CorrectionInvalid: as they say.
        ApprovalDecided: somebody was faster, its time is over, or the execution has ended.
    """
    require(actor, "approval.decide")
    row = queries.found(approval_id)
    require(actor, "approval.decide", queries.assignees_of(row))
    if decision == "rejected" and row.needs_reason and not reason.strip():
        raise ReasonMissing
    offered = queries.as_row(row).card.correctable
    corrections = checked(offered, given or {})
    now = database_now()
    is_first = queries.still_open(approval_id, now).update(
        state=decision,
        reason=reason,
        corrections=corrections,
        decided_at=now,
        touched_at=now,
        decided_by_id=actor.person_id,
        decided_by_name=actor.label[:200],
    )
    if not is_first or execution_queries.get(row.execution_id).status not in OPEN_STATUSES:
        raise ApprovalDecided(queries.closed_as(approval_id))
    by = {"id": str(actor.person_id), "name": actor.label}
    told: dict[str, Any] = {"decision": decision, "reason": reason, "by": by, "at": now.isoformat()}
    told["corrections"] = corrections
    executions.tell(
        row.execution_id,
        "decided",
        f"approval:{approval_id.hex}",
        orjson.dumps({"node": row.node, "run": row.run, "data": told}),
    )
    transaction.on_commit(partial(ports.bell.ring, row.tenant_id))
    facts: dict[str, Any] = {
        "execution": str(row.execution_id),
        "title": row.title,
        "reason": reason,
        "corrections": changes(offered, corrections),
    }
    audit.record(actor.value, f"approval.{decision}", "approval", approval_id, facts)
    return queries.approval(approval_id)
