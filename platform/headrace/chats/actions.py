"""Writes of the chats app."""

from __future__ import annotations

from uuid import UUID

from headrace.chats.models import Turn
from headrace.chats.types import Session


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
