"""Reads of the chats app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from headrace.chats.errors import ConversationNotFound
from headrace.chats.models import Turn
from headrace.chats.types import Said, Session
from headrace.executions import queries as executions
from headrace.workflows.queries import require_exists
from headrace_sdk.items import JsonObject

SHOWN: Final = 200
TITLE: Final = 80
"""Characters of a first message that name its conversation."""


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
    return [
        Said(row.pk, row.message, row.reply, row.execution_id, row.sources, row.era)
        for row in reversed(last)
    ]


def conversations(workflow_id: UUID, *, who: str | None = None) -> list[JsonObject]:
    """The latest `SHOWN` conversations, with `who` only theirs.

    Each is `{session, node, turns, last_at, title}`; its title is what was said first.

    Raises:
        WorkflowNotFound: there is none.
    """
    require_exists(workflow_id)
    found = Turn.objects.filter(workflow_id=workflow_id)
    if who is not None:
        found = found.filter(who=who)
    counted = (
        found.values("session", "node")
        .annotate(turns=Count("pk"), last_at=Max("created_at"))
        .order_by("-last_at")
    )
    rows = [*counted[:SHOWN]]
    first = found.filter(session__in=[row["session"] for row in rows]).order_by("session", "pk")
    titles = {turn.session: turn.message[:TITLE] for turn in first.distinct("session")}
    return [cast("JsonObject", {**row, "title": titles.get(row["session"], "")}) for row in rows]


def turns(workflow_id: UUID, session: str) -> QuerySet[Turn]:
    """Every turn of one, each with the `status` and the `number` of its run.

    Raises:
        WorkflowNotFound, ConversationNotFound: as they say.
    """
    require_exists(workflow_id)
    rows = Turn.objects.filter(workflow_id=workflow_id, session=session)
    if not rows.exists():
        raise ConversationNotFound
    return with_runs(rows)


def with_runs(rows: QuerySet[Turn]) -> QuerySet[Turn]:
    """Turns with the `status` and the `number` of their runs, `None` where those were deleted."""
    run = executions.rows().order_by().filter(pk=OuterRef("execution_id"))
    return rows.annotate(
        status=Subquery(run.values("status")[:1]), number=Subquery(run.values("number")[:1])
    )
