"""Writes of the chats app."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from headrace.chats.models import Turn
from headrace.chats.types import Session
from headrace.executions import queries as executions

BATCH: Final = 1_000


def say(session: Session, message: str, execution_id: UUID) -> None:
    """Keep what somebody said to an execution; a second time nothing happens."""
    facts = {
        "workflow_id": session.workflow_id,
        "node": session.node,
        "session": session.name,
        "who": session.who,
        "message": message,
    }
    Turn.objects.get_or_create(execution_id=execution_id, defaults=facts)


def answer(execution_id: UUID, reply: str) -> None:
    """Keep what the execution answered; the first answer counts."""
    Turn.objects.filter(execution_id=execution_id, reply=None).update(reply=reply)


def forget() -> int:
    """Delete a batch of turns whose executions were deleted; how many."""
    kept = executions.rows().order_by().filter(pk=OuterRef("execution_id"))
    gone = Turn.objects.filter(~Exists(kept)).values_list("pk", flat=True)[:BATCH]
    return Turn.objects.filter(pk__in=list(gone)).delete()[0]
