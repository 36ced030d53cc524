"""Writes of the chats app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from headrace.chats.models import Turn
from headrace.chats.replies import Reply, reply_of
from headrace.chats.types import Session
from headrace.executions import queries as executions
from headrace.executions.types import ENDED_STATUSES

BATCH: Final = 1_000


def say(
    session: Session, message: str, execution_id: UUID, *, era: int = 0, file: str = ""
) -> Turn:
    """Keep what somebody said to an execution; a second time nothing happens."""
    facts = {
        "workflow_id": session.workflow_id,
        "node": session.node,
        "session": session.name,
        "who": session.who,
        "message": message,
        "era": era,
        "file": file[:255],
    }
    return Turn.objects.get_or_create(execution_id=execution_id, defaults=facts)[0]


def answer(execution_id: UUID, reply: Reply) -> None:
    """Keep what the execution answered; the first answer counts."""
    found = Turn.objects.filter(execution_id=execution_id, reply=None)
    found.update(reply=reply.text, sources=list(reply.sources))


def settle(rows: Iterable[Turn]) -> None:
    """Keep the answers of runs that ended while nobody listened, and put them into the rows."""
    open_ones = {row.execution_id: row for row in rows if row.reply is None}
    ended = executions.rows().filter(pk__in=open_ones, status__in=ENDED_STATUSES)
    for execution_id in ended.values_list("pk", flat=True):
        told = executions.answer(execution_id)
        if told is not None:
            reply = reply_of(told)
            answer(execution_id, reply)
            row = open_ones[execution_id]
            row.reply, row.sources = reply.text, list(reply.sources)


def forget() -> int:
    """Delete a batch of turns whose executions were deleted; how many."""
    kept = executions.rows().order_by().filter(pk=OuterRef("execution_id"))
    gone = Turn.objects.filter(~Exists(kept)).values_list("pk", flat=True)[:BATCH]
    return Turn.objects.filter(pk__in=list(gone)).delete()[0]
