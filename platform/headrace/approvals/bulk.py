"""Several approvals decided with one answer; each stands or falls by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from headrace.accounts.errors import AccountError
from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.approvals import queries
from headrace.approvals.actions import decide
from headrace.approvals.errors import ApprovalError, NotForBulk
from headrace.approvals.types import Decision
from headrace.executions.errors import ExecutionNotFound
from headrace_sdk.errors import HeadraceError

AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Told:
    """How it went with one of them; no error: it was decided."""

    approval_id: UUID
    error: HeadraceError | None


def decide_all(
    actor: Actor, approval_ids: Sequence[UUID], decision: Decision, reason: str = ""
) -> list[Told]:
    """Decide each of them once, in the order given. What keeps one does not keep the others.

    Raises:
        Forbidden: the actor may decide nothing at all.
    """
    require(actor, "approval.decide")
    return [Told(one, _fault(actor, one, decision, reason)) for one in dict.fromkeys(approval_ids)]


def _fault(
    actor: Actor, approval_id: UUID, decision: Decision, reason: str
) -> HeadraceError | None:
    try:
        if not queries.found(approval_id).is_bulk_safe:
            raise NotForBulk
        decide(actor, approval_id, decision, reason)
    except (ApprovalError, AccountError, ExecutionNotFound) as error:
        return error
    return None
