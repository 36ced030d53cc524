"""Reads of the chats app."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from headrace.chats.models import Turn
from headrace.chats.types import Said, Session


def said(session: Session, *, limit: int, before: UUID | None = None) -> Sequence[Said]:
    """The last turns of a session, or those before one, the oldest first."""
    rows = Turn.objects.filter(
        workflow_id=session.workflow_id,
        node=session.node,
        session=session.name,
        who=session.who,
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    last = rows.order_by("-id")[:limit]
    return [Said(row.pk, row.message, row.reply, row.execution_id) for row in reversed(last)]
