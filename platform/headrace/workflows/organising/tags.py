"""Tags of workflows: words with a colour."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.workflows.errors import WorkflowNotFound
from headrace.workflows.models import Tag, Workflow
from headrace.workflows.organising.errors import TagNotFound, TagRefused
from headrace_sdk.items import JsonObject

MOST: Final = 200
MOST_A_WORKFLOW: Final = 20
COLORS: Final = ("grey", "blue", "green", "amber", "red", "violet")


def every() -> list[JsonObject]:
    """All of them by name, as `{"id", "name", "color", "workflows"}`."""
    lists = Workflow.objects.filter(deleted_at=None).exclude(tags=[]).values_list("tags", flat=True)
    counts = Counter(one for tags in lists for one in tags)
    return [_shown(one, counts[str(one.pk)]) for one in Tag.objects.order_by("name")]


@transaction.atomic
def create(actor: Actor, *, name: str, color: str) -> JsonObject:
    """A new tag.

    Raises:
        Forbidden: the actor may not edit workflows.
        TagRefused: the name is taken, or there are too many.
    """
    require(actor, "workflow.edit")
    if Tag.objects.count() >= MOST:
        message = f"A workspace has at most {MOST} tags."
        raise TagRefused(message)
    row = Tag(name=name, color=color)
    _store(row)
    audit.record(actor.value, "tag.created", "tag", row.pk, {"name": name})
    return _shown(row, 0)


@transaction.atomic
def update(
    actor: Actor, tag_id: UUID, *, name: str | None = None, color: str | None = None
) -> JsonObject:
    """Another name or colour.

    Raises:
        Forbidden, TagNotFound, TagRefused: as they say.
    """
    require(actor, "workflow.edit")
    row = _found(tag_id)
    row.name, row.color = name or row.name, color or row.color
    _store(row)
    audit.record(actor.value, "tag.updated", "tag", row.pk, {"name": row.name})
    return _shown(row, _having(tag_id).filter(deleted_at=None).count())


@transaction.atomic
def delete(actor: Actor, tag_id: UUID) -> None:
    """Take a tag away, from its workflows too.

    Raises:
        Forbidden, TagNotFound: as they say.
    """
    require(actor, "workflow.edit")
    row = _found(tag_id)
    having = [*_having(tag_id).only("pk", "tags").select_for_update()]
    for workflow in having:
        workflow.tags = [one for one in workflow.tags if one != str(tag_id)]
    Workflow.objects.bulk_update(having, ["tags"], batch_size=500)
    row.delete()
    audit.record(actor.value, "tag.deleted", "tag", tag_id, {"name": row.name})


@transaction.atomic
def put(actor: Actor, workflow_id: UUID, tag_id: UUID, *, how: Literal["on", "off"]) -> None:
    """Put a tag on a workflow, or take it off.

    Raises:
        Forbidden, TagNotFound, WorkflowNotFound: as they say.
        TagRefused: the workflow has as many as it may have.
    """
    require(actor, "workflow.edit")
    _found(tag_id)
    rows = Workflow.objects.filter(pk=workflow_id, deleted_at=None)
    row = rows.only("pk", "tags").select_for_update().first()
    if row is None:
        raise WorkflowNotFound
    left = [one for one in row.tags if one != str(tag_id)]
    tags = [*left, str(tag_id)] if how == "on" else left
    if len(tags) > MOST_A_WORKFLOW:
        message = f"A workflow has at most {MOST_A_WORKFLOW} tags."
        raise TagRefused(message)
    rows.update(tags=tags)
    audit.record(actor.value, "workflow.tagged", "workflow", workflow_id, {"tags": tags})


def _having(tag_id: UUID) -> QuerySet[Workflow]:
    return Workflow.objects.filter(tags__contains=[str(tag_id)])


def _found(tag_id: UUID) -> Tag:
    row = Tag.objects.filter(pk=tag_id).first()
    if row is None:
        raise TagNotFound
    return row


def _store(row: Tag) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        message = f"There is already a tag {row.name!r}."
        raise TagRefused(message) from None


def _shown(row: Tag, workflows: int) -> JsonObject:
    return {"id": str(row.pk), "name": row.name, "color": row.color, "workflows": workflows}
