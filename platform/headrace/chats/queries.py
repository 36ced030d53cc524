"""Reads of the chats app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from headrace.chats.errors import ConversationNotFound
from headrace.chats.models import Turn
from headrace.chats.types import Said, Session
from headrace.workflows.queries import require_exists
from headrace_sdk.items import JsonObject

SHOWN: Final = 200


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


def conversations(workflow_id: UUID) -> list[JsonObject]:
    """The latest `SHOWN` conversations with a workflow: `{session, node, turns, last_at}`.

    Raises:
        WorkflowNotFound: there is none.
    """
    require_exists(workflow_id)
    found = Turn.objects.filter(workflow_id=workflow_id).values("session", "node")
    counted = found.annotate(turns=Count("pk"), last_at=Max("created_at")).order_by("-last_at")
    return [cast("JsonObject", dict(row)) for row in counted[:SHOWN]]


def turns(workflow_id: UUID, session: str) -> QuerySet[Turn]:
    """Every turn of one.

    Raises:
        WorkflowNotFound, ConversationNotFound: as they say.
    """
    require_exists(workflow_id)
    rows = Turn.objects.filter(workflow_id=workflow_id, session=session)
    if not rows.exists():
        raise ConversationNotFound
    return rows
