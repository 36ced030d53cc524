"""Writes of the workflows app. Each checks the right, works in one transaction and is audited."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, cast
from uuid import UUID

import jsonpatch
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.credentials.queries import require_use
from headrace.engine import Problem
from headrace.files import actions as files
from headrace.variables.naming import variables_in
from headrace.workflows import document as documents
from headrace.workflows import history
from headrace.workflows.errors import (
    InvalidDocument,
    InvalidPatch,
    InvalidWorkflow,
    RevisionConflict,
    WorkflowNotFound,
)
from headrace.workflows.models import Revision, Version, Workflow
from headrace.workflows.ports import ports
from headrace.workflows.queries import as_row
from headrace.workflows.queries import version as version_by_id
from headrace.workflows.types import Draft, VersionRecord
from headrace.workflows.validation import problems
from headrace_sdk.items import JsonObject

_NOT_A_DRAFT: Final = frozenset({"invalid_format", "too_many_nodes", "too_many_edges"})


@transaction.atomic
def create(actor: Actor, *, name: str = "", document: JsonObject | None = None) -> Draft:
    """Make a workflow; without a document it starts empty.

    Raises:
        Forbidden: the actor may not edit workflows.
        InvalidDocument: the document cannot be stored as a draft.
    """
    require(actor, "workflow.edit")
    title = name or str((document or {}).get("name") or "") or "Untitled workflow"
    content = {**documents.empty(title), **(document or {}), "name": title}
    found = _checked(content)
    workflow = Workflow(name=title, revision=1, **_facts(content), **_author(actor))
    workflow.owner_id = actor.person_id
    workflow.save()
    is_empty = not content["nodes"]
    history.keep(workflow, actor, Revision.Kept.CREATED if is_empty else Revision.Kept.IMPORTED)
    files.hold(workflow.pk, documents.pinned_files(content))
    audit.record(actor.value, "workflow.created", "workflow", workflow.pk, {"name": title})
    workflow.refresh_from_db()
    return Draft(as_row(workflow), content, found)


@transaction.atomic
def save(
    actor: Actor, workflow_id: UUID, document: JsonObject, *, revision: int, name: str | None = None
) -> Draft:
    """Replace the draft, provided that `revision` is still the current one.

    Raises:
        Forbidden, WorkflowNotFound, InvalidDocument: as they say.
        RevisionConflict: somebody saved since.
    """
    require(actor, "workflow.edit")
    workflow = _locked(workflow_id)
    _refuse_conflict(workflow, revision)
    title = name if name is not None else str(document.get("name") or workflow.name)
    return _store(actor, workflow, {**document, "name": title[:200] or workflow.name})


@transaction.atomic
def patch(
    actor: Actor, workflow_id: UUID, operations: Sequence[dict[str, Any]], *, revision: int
) -> Draft:
    """Apply an RFC 6902 patch to the draft, under the same condition as `save`.

    Raises:
        Forbidden, WorkflowNotFound, RevisionConflict, InvalidDocument: as for `save`.
        InvalidPatch: it is not a patch, or does not fit.
    """
    require(actor, "workflow.edit")
    workflow = _locked(workflow_id)
    _refuse_conflict(workflow, revision)
    before = documents.load(workflow.document)
    try:
        after = jsonpatch.JsonPatch(list(operations)).apply(before)
    except (jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError) as error:
        message = f"The patch does not fit the draft: {error}"
        raise InvalidPatch(message) from error
    if not isinstance(after, dict):
        raise InvalidDocument([Problem("invalid_format", "A workflow document is an object.")])
    return _store(actor, workflow, cast("JsonObject", after))


@transaction.atomic
def publish(actor: Actor, workflow_id: UUID, *, note: str = "") -> Draft:
    """Freeze the draft as the version that new executions use, and register its triggers.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
        InvalidWorkflow: with every problem found, not the first.
        HeadraceError: a trigger could not be registered (`webhook_path_taken`).
    """
    require(actor, "workflow.publish")
    workflow = _locked(workflow_id)
    content = documents.without_pins(documents.load(workflow.document))
    _require_credentials(actor, content)
    found = problems(content)
    if any(problem.severity == "error" for problem in found):
        raise InvalidWorkflow(found)
    highest = workflow.versions.aggregate(highest=Max("number"))["highest"] or 0
    version = _new_version(
        actor, workflow, content, kind=Version.Kind.PUBLISHED, number=highest + 1, note=note
    )
    workflow.published = version
    workflow.save(update_fields=["published"])
    ports.triggers.register(version_by_id(version.pk))
    audit.record(
        actor.value, "workflow.published", "workflow", workflow.pk, {"version": version.number}
    )
    return Draft(as_row(workflow), content, found)


@transaction.atomic
def deactivate(actor: Actor, workflow_id: UUID) -> Draft:
    """Stop new executions; running ones finish.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
    """
    require(actor, "workflow.publish")
    workflow = _locked(workflow_id)
    ports.triggers.unregister(workflow.pk)
    workflow.published = None
    workflow.save(update_fields=["published"])
    audit.record(actor.value, "workflow.deactivated", "workflow", workflow.pk, {})
    content = documents.load(workflow.document)
    return Draft(as_row(workflow), content, problems(content))


@transaction.atomic
def delete(actor: Actor, workflow_id: UUID) -> None:
    """Take the workflow away from lists and triggers; its executions stay readable.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
    """
    require(actor, "workflow.delete")
    workflow = _locked(workflow_id)
    ports.triggers.unregister(workflow.pk)
    Workflow.objects.filter(pk=workflow.pk).update(
        published=None, deleted_at=Now(), active_before_id=workflow.published_id
    )
    audit.record(actor.value, "workflow.deleted", "workflow", workflow.pk, {"name": workflow.name})


@transaction.atomic
def undelete(actor: Actor, workflow_id: UUID) -> None:
    """Take back a deletion; a workflow that was active is so again, with the same version.

    Raises:
        Forbidden: the actor may not delete workflows.
        WorkflowNotFound: there is none that was deleted.
        HeadraceError: a trigger could not be registered (`webhook_path_taken`).
    """
    require(actor, "workflow.delete")
    deleted = Workflow.objects.filter(pk=workflow_id).exclude(deleted_at=None)
    workflow = deleted.select_for_update().first()
    if workflow is None:
        raise WorkflowNotFound
    active = workflow.active_before_id
    deleted.update(deleted_at=None, published=active, active_before_id=None)
    if active is not None:
        ports.triggers.register(version_by_id(active))
    audit.record(
        actor.value, "workflow.undeleted", "workflow", workflow.pk, {"name": workflow.name}
    )


@transaction.atomic
def restore(actor: Actor, workflow_id: UUID, ref: str) -> Draft:
    """Make an entry of the history (`v3`, `r41`) the draft again, as a new revision.

    Raises:
        Forbidden, WorkflowNotFound, VersionNotFound: as they say.
    """
    require(actor, "workflow.edit")
    workflow = _locked(workflow_id)
    _, old = history.entry(workflow_id, ref)
    draft = _store(actor, workflow, old, Revision.Kept.RESTORED)
    audit.record(actor.value, "workflow.restored", "workflow", workflow.pk, {"entry": ref})
    return draft


@transaction.atomic
def freeze_draft(actor: Actor, workflow_id: UUID) -> VersionRecord:
    """The draft as an immutable version for a test run; the same content is stored once.

    Raises:
        Forbidden, WorkflowNotFound: as they say.
        InvalidWorkflow: it cannot run yet.
    """
    require(actor, "workflow.run")
    workflow = _locked(workflow_id)
    content = documents.load(workflow.document)
    _require_credentials(actor, content)
    digest = documents.digest(content)
    known = Version.objects.filter(workflow=workflow, digest=digest, kind=Version.Kind.DRAFT)
    row = known.first()
    if row is None:
        found = problems(content)
        if any(problem.severity == "error" for problem in found):
            raise InvalidWorkflow(found)
        row = _new_version(actor, workflow, content, kind=Version.Kind.DRAFT)
    return version_by_id(row.pk)


@transaction.atomic
def freeze(actor: Actor, content: JsonObject) -> VersionRecord:
    """A document from outside as a version that can run; its workflow is found by its name.

    Raises:
        Forbidden: the actor may not run workflows.
        InvalidDocument, InvalidWorkflow: it cannot run.
    """
    require(actor, "workflow.run")
    name = str(content.get("name") or "Untitled workflow")[:200]
    known = Workflow.objects.filter(name=name, updated_by_name=actor.label, deleted_at=None).first()
    if known is None:
        workflow_id = create(actor, name=name, document=content).row.id
    else:
        workflow_id = known.pk
        save(actor, workflow_id, content, revision=known.revision)
    return freeze_draft(actor, workflow_id)


def _locked(workflow_id: UUID) -> Workflow:
    found = Workflow.objects.filter(pk=workflow_id, deleted_at=None).select_for_update().first()
    if found is None:
        raise WorkflowNotFound
    return found


def _require_credentials(actor: Actor, content: JsonObject) -> None:
    """Whoever starts or publishes what uses credentials must be allowed to use them (S-055)."""
    nodes = cast("list[JsonObject]", content["nodes"])
    chosen = [
        str(one)
        for node in nodes
        for one in cast("JsonObject", node.get("credentials") or {}).values()
    ]
    if chosen:
        require_use(actor, chosen)


def _refuse_conflict(workflow: Workflow, revision: int) -> None:
    if workflow.revision == revision:
        return
    base = Revision.objects.filter(workflow=workflow, revision=revision).first()
    theirs = documents.load(workflow.document)
    changes = (
        jsonpatch.make_patch(documents.load(base.document), theirs).patch
        if base is not None
        else None
    )
    raise RevisionConflict(workflow.revision, workflow.updated_by_name or "Somebody", changes)


def _checked(content: JsonObject) -> tuple[Problem, ...]:
    found = problems(content)
    fatal = [problem for problem in found if problem.code in _NOT_A_DRAFT]
    if fatal:
        raise InvalidDocument(fatal)
    return found


def _store(actor: Actor, workflow: Workflow, content: JsonObject, kept: str = "") -> Draft:
    found = _checked(content)
    workflow.name = str(content.get("name") or workflow.name)[:200]
    workflow.revision += 1
    for field, value in {**_facts(content), **_author(actor)}.items():
        setattr(workflow, field, value)
    workflow.updated_at = Now()
    workflow.save()
    history.keep(workflow, actor, kept)
    news = (workflow.tenant_id, workflow.pk, workflow.revision, actor.label)
    transaction.on_commit(partial(ports.drafts.saved, *news))
    audit.record(
        actor.value, "workflow.saved", "workflow", workflow.pk, {"revision": workflow.revision}
    )
    workflow.refresh_from_db()
    return Draft(as_row(workflow), content, found)


def _facts(content: JsonObject) -> dict[str, Any]:
    return {
        "document": documents.dump(content),
        "digest": documents.digest(documents.without_pins(content)),
        "node_count": len(cast("list[object]", content.get("nodes") or [])),
        "trigger_types": documents.trigger_types(content),
        "variables": variables_in(content),
    }


def _author(actor: Actor) -> dict[str, Any]:
    return {"updated_by_id": actor.id, "updated_by_name": actor.label}


def _new_version(
    actor: Actor,
    workflow: Workflow,
    content: JsonObject,
    *,
    kind: Version.Kind,
    number: int | None = None,
    note: str = "",
) -> Version:
    return Version.objects.create(
        workflow=workflow,
        kind=kind,
        number=number,
        digest=documents.digest(content),
        document=documents.dump(content),
        note=note,
        created_by_id=actor.id,
        created_by_name=actor.label,
    )
