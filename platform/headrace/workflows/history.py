"""What a draft was: which of its revisions stay, and the history that people read of them.

A save keeps its revision for a while, so that late saves can be merged. It stays longer where work
paused: before a break or another author, at a restore, at the beginning, or because it has a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.workflows import document as documents
from headrace.workflows.errors import TooManyNames, VersionNotFound
from headrace.workflows.models import Revision, Version, Workflow
from headrace.workflows.queries import require_exists
from headrace.workflows.types import Author, HistoryEntry
from headrace_sdk.items import JsonObject

RECENT: Final = 50
"""Enough to merge with a tab that slept through a working day of somebody else."""

SNAPSHOTS: Final = 100
"""So many stay without a name. Beyond, the oldest go."""

NAMED: Final = 100

SESSION_ENDS: Final = timedelta(minutes=30)
"""Who comes back after so long begins a new session."""

_REF: Final = re.compile(r"([vr])(\d{1,9})")
_KEPT: Final = ~Q(kept="") | ~Q(name="")


def keep(workflow: Workflow, actor: Actor, kept: str = "") -> None:
    """Remember the draft as it was just saved, and what the save ended."""
    before = Revision.objects.filter(workflow=workflow, revision=workflow.revision - 1, kept="")
    if not kept:
        is_own = Q(saved_by_id=actor.id, saved_by_name=actor.label)
        before = before.filter(~is_own | Q(saved_at__lt=Now() - SESSION_ENDS))
    if before.update(kept=Revision.Kept.SESSION):
        _drop_old_snapshots(workflow)
    Revision.objects.create(
        workflow=workflow,
        revision=workflow.revision,
        document=workflow.document,
        kept=kept,
        saved_by_id=actor.id,
        saved_by_name=actor.label,
    )
    too_old = workflow.revision - RECENT
    Revision.objects.filter(workflow=workflow, revision__lte=too_old, kept="", name="").delete()


def _drop_old_snapshots(workflow: Workflow) -> None:
    unnamed = Revision.objects.filter(workflow=workflow, name="").exclude(kept="")
    too_old = unnamed.order_by("-revision").values_list("revision", flat=True)[SNAPSHOTS:]
    Revision.objects.filter(workflow=workflow, revision__in=list(too_old)).delete()


def entries(
    workflow_id: UUID, *, before: datetime | None = None, limit: int = 50
) -> list[HistoryEntry]:
    """The newest entries of both kinds, older than `before`, newest first; no documents.

    Raises:
        WorkflowNotFound: no such workflow in this tenant.
    """
    require_exists(workflow_id)
    versions = Version.objects.filter(workflow_id=workflow_id, kind=Version.Kind.PUBLISHED)
    revisions = Revision.objects.filter(_KEPT, workflow_id=workflow_id)
    if before is not None:
        versions = versions.filter(created_at__lt=before)
        revisions = revisions.filter(saved_at__lt=before)
    found = [
        *map(_version_entry, _newest(versions, ("-created_at", "-number"), limit)),
        *map(_revision_entry, _newest(revisions, ("-saved_at", "-revision"), limit)),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def _newest(rows: QuerySet[Model], order: Sequence[str], limit: int) -> list[Model]:
    return list(rows.defer("document").order_by(*order)[:limit])


def entry(workflow_id: UUID, ref: str) -> tuple[HistoryEntry, JsonObject]:
    """One entry, named as `v3` (version 3) or `r41` (revision 41), with its document.

    Raises:
        VersionNotFound: there is none of that name, or no longer.
    """
    row = _row(workflow_id, ref)
    shown = _version_entry(row) if isinstance(row, Version) else _revision_entry(row)
    return shown, documents.load(row.document)


@transaction.atomic
def name(actor: Actor, workflow_id: UUID, ref: str, text: str) -> HistoryEntry:
    """Give an entry a name, so that it is found and stays; the empty text takes it away.

    Raises:
        Forbidden: the actor may not edit workflows.
        WorkflowNotFound, VersionNotFound: as they say.
        TooManyNames: so many revisions of this workflow have names that no more may stay.
    """
    require(actor, "workflow.edit")
    require_exists(workflow_id)
    row = _row(workflow_id, ref)
    if isinstance(row, Revision) and text and not row.name:
        named = Revision.objects.filter(workflow_id=workflow_id).exclude(name="")
        if named.count() >= NAMED:
            raise TooManyNames(NAMED)
    row.name = text
    row.save(update_fields=["name"])
    facts: JsonObject = {"entry": ref, "name": text}
    audit.record(actor.value, "workflow.version_named", "workflow", workflow_id, facts)
    return _version_entry(row) if isinstance(row, Version) else _revision_entry(row)


def _row(workflow_id: UUID, ref: str) -> Version | Revision:
    match = _REF.fullmatch(ref)
    if match is None:
        raise VersionNotFound
    letter, number = match[1], int(match[2])
    found: Version | Revision | None = (
        Version.objects.filter(workflow_id=workflow_id, number=number).first()
        if letter == "v"
        else Revision.objects.filter(workflow_id=workflow_id, revision=number).first()
    )
    if found is None:
        raise VersionNotFound
    return found


def _version_entry(row: Model) -> HistoryEntry:
    version = cast("Version", row)
    return HistoryEntry(
        ref=f"v{version.number}",
        kind="published",
        number=version.number,
        at=version.created_at,
        author=Author(version.created_by_id, version.created_by_name),
        name=version.name,
        note=version.note,
    )


def _revision_entry(row: Model) -> HistoryEntry:
    revision = cast("Revision", row)
    return HistoryEntry(
        ref=f"r{revision.revision}",
        kind=revision.kept or Revision.Kept.SESSION.value,
        number=None,
        at=revision.saved_at,
        author=Author(revision.saved_by_id, revision.saved_by_name),
        name=revision.name,
        note="",
    )
