"""Folders of workflows: a tree of at most eight levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.workflows import actions, queries
from headrace.workflows.errors import WorkflowNotFound
from headrace.workflows.models import Folder, Workflow
from headrace.workflows.organising.errors import FolderNotFound, FolderRefused
from headrace.workflows.types import Draft
from headrace_sdk.items import JsonObject

MOST: Final = 500
DEEPEST: Final = 8
KEPT: Final = object()
"""Stands for a parent that does not change; `None` is the top."""


def every() -> list[JsonObject]:
    """All of them by name, as `{"id", "name", "parent_id", "workflows"}`."""
    counted = (
        Workflow.objects.filter(deleted_at=None)
        .exclude(folder=None)
        .values_list("folder")
        .annotate(Count("pk"))
    )
    counts: dict[UUID, int] = dict(counted)
    return [_shown(one, counts.get(one.pk, 0)) for one in Folder.objects.order_by("name")]


@transaction.atomic
def create(actor: Actor, *, name: str, parent_id: UUID | None) -> JsonObject:
    """A new folder.

    Raises:
        Forbidden: the actor may not edit workflows.
        FolderNotFound: there is no such parent.
        FolderRefused: the name is taken there, the tree too deep, or there are too many.
    """
    require(actor, "workflow.edit")
    if Folder.objects.count() >= MOST:
        message = f"A workspace has at most {MOST} folders."
        raise FolderRefused(message)
    row = Folder(name=name, parent=_found(parent_id) if parent_id else None)
    _store(row)
    audit.record(actor.value, "folder.created", "folder", row.pk, {"name": name})
    return _shown(row, 0)


@transaction.atomic
def update(
    actor: Actor, folder_id: UUID, *, name: str | None = None, parent_id: Any = KEPT
) -> JsonObject:
    """Another name, another place, or both.

    Raises:
        Forbidden, FolderNotFound: as they say.
        FolderRefused: it would lie in itself, lie too deep, or share its name.
    """
    require(actor, "workflow.edit")
    row = _found(folder_id)
    if name is not None:
        row.name = name
    if parent_id is not KEPT:
        row.parent = _found(parent_id) if parent_id else None
    _store(row)
    audit.record(actor.value, "folder.updated", "folder", row.pk, {"name": row.name})
    return _shown(row, Workflow.objects.filter(folder=row, deleted_at=None).count())


@transaction.atomic
def delete(actor: Actor, folder_id: UUID) -> None:
    """Take a folder away; what lies in it moves up.

    Raises:
        Forbidden, FolderNotFound: as they say.
        FolderRefused: a folder in it has the name of one above.
    """
    require(actor, "workflow.edit")
    row = _found(folder_id)
    Workflow.objects.filter(folder=row).update(folder=row.parent)
    try:
        with transaction.atomic():
            Folder.objects.filter(parent=row).update(parent=row.parent)
    except IntegrityError:
        message = "A folder in it has the same name as one beside it. Rename one of them first."
        raise FolderRefused(message) from None
    row.delete()
    audit.record(actor.value, "folder.deleted", "folder", folder_id, {"name": row.name})


def move(actor: Actor, workflow_id: UUID, folder_id: UUID | None) -> None:
    """Put a workflow into a folder, or at the top.

    Raises:
        Forbidden, WorkflowNotFound, FolderNotFound: as they say.
    """
    require(actor, "workflow.edit")
    if folder_id is not None:
        _found(folder_id)
    changed = Workflow.objects.filter(pk=workflow_id, deleted_at=None).update(folder=folder_id)
    if not changed:
        raise WorkflowNotFound
    facts = {"folder": str(folder_id) if folder_id else None}
    audit.record(actor.value, "workflow.moved", "workflow", workflow_id, facts)


@transaction.atomic
def create_in(
    actor: Actor, folder_id: UUID | None, *, name: str = "", document: JsonObject | None = None
) -> Draft:
    """A new workflow, in a folder.

    Raises:
        Forbidden, InvalidDocument, FolderNotFound: as they say.
    """
    draft = actions.create(actor, name=name, document=document)
    if folder_id is None:
        return draft
    move(actor, draft.row.id, folder_id)
    return queries.draft(draft.row.id)


def _found(folder_id: UUID) -> Folder:
    row = Folder.objects.select_for_update().filter(pk=folder_id).first()
    if row is None:
        raise FolderNotFound
    return row


def _store(row: Folder) -> None:
    if any(one.pk == row.pk for one in _above(row)):
        message = "A folder cannot lie in itself."
        raise FolderRefused(message)
    if sum(1 for _ in _above(row)) + _height(row) > DEEPEST:
        message = f"Folders lie at most {DEEPEST} deep."
        raise FolderRefused(message)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        message = f"There is already a folder {row.name!r} here."
        raise FolderRefused(message) from None


def _above(row: Folder) -> Iterator[Folder]:
    """From its parent up; ends where it comes to itself."""
    at = row.parent
    while at is not None:
        yield at
        at = None if at.pk == row.pk else at.parent


def _height(row: Folder) -> int:
    """Its levels, its own included."""
    inner: dict[UUID | None, list[UUID]] = {}
    for pk, parent in Folder.objects.values_list("pk", "parent"):
        inner.setdefault(parent, []).append(pk)
    level, height = [row.pk], 0
    while level and height <= DEEPEST:
        level, height = [one for above in level for one in inner.get(above, ())], height + 1
    return height


def _shown(row: Folder, workflows: int) -> JsonObject:
    parent = str(row.parent_id) if row.parent_id else None
    return {"id": str(row.pk), "name": row.name, "parent_id": parent, "workflows": workflows}
