"""Reads of the workflows app: frozen values out, no rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from headrace.llm.queries import models_using
from headrace.tenants.context import current
from headrace.workflows import document as documents
from headrace.workflows.error_workflows import deafness
from headrace.workflows.errors import VersionNotFound, WorkflowNotFound
from headrace.workflows.models import Version, Workflow
from headrace.workflows.types import Author, Draft, VersionRecord, VersionRef, WorkflowRow
from headrace.workflows.validation import problems
from headrace_sdk.items import JsonObject


def rows() -> QuerySet[Workflow]:
    """Workflows that are not deleted, without their documents."""
    return Workflow.objects.filter(deleted_at=None).select_related("published").defer("document")


def as_row(workflow: Workflow) -> WorkflowRow:
    """The row as a value."""
    published = workflow.published
    author = Author(workflow.updated_by_id, workflow.updated_by_name)
    return WorkflowRow(
        id=workflow.pk,
        name=workflow.name,
        revision=workflow.revision,
        node_count=workflow.node_count,
        trigger_types=tuple(workflow.trigger_types),
        published_version=published.number if published else None,
        has_unpublished_changes=published is not None and published.digest != workflow.digest,
        created_at=workflow.created_at,
        updated_at=workflow.updated_at,
        updated_by=author if workflow.updated_by_name else None,
        folder_id=workflow.folder_id,
        tags=tuple(workflow.tags),
        owner_id=workflow.owner_id,
        is_paused=workflow.is_paused,
    )


def names(workflow_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The names of those of these workflows that are not deleted."""
    found = Workflow.objects.filter(deleted_at=None, pk__in=workflow_ids)
    return dict(found.values_list("pk", "name"))


def draft(workflow_id: UUID) -> Draft:
    """A workflow with its document and problems.

    Raises:
        WorkflowNotFound: no such workflow in this tenant.
    """
    workflow = (
        Workflow.objects.filter(pk=workflow_id, deleted_at=None).select_related("published").first()
    )
    if workflow is None:
        raise WorkflowNotFound
    document = documents.load(workflow.document)
    return Draft(as_row(workflow), document, problems(document))


def exists(workflow_id: UUID) -> bool:
    """Is there such a workflow in this tenant?"""
    return Workflow.objects.filter(pk=workflow_id, deleted_at=None).exists()


def require_exists(workflow_id: UUID) -> None:
    """Do nothing if there is such a workflow.

    Raises:
        WorkflowNotFound: there is none.
    """
    if not exists(workflow_id):
        raise WorkflowNotFound


def latest_save(workflow_id: UUID) -> tuple[int, str] | None:
    """The revision of the draft and who saved it; `None` without such a workflow."""
    found = Workflow.objects.filter(pk=workflow_id, deleted_at=None)
    return found.values_list("revision", "updated_by_name").first()


def published(workflow_id: UUID) -> VersionRef | None:
    """The version that triggers start, or `None` while the workflow is inactive."""
    workflow = (
        Workflow.objects.filter(pk=workflow_id, deleted_at=None)
        .select_related("published")
        .only("published__id", "published__number", "published__kind")
        .first()
    )
    if workflow is None or workflow.published is None:
        return None
    return VersionRef(
        workflow.published.pk, workflow_id, workflow.published.kind, workflow.published.number
    )


def deafness_to_errors(workflow_id: UUID) -> tuple[str, str] | None:
    """Code and message of why a workflow hears of no failure; `None` if it does."""
    return deafness(workflow_id)


def versions(workflow_id: UUID) -> Sequence[VersionRecord]:
    """Every published version, newest first."""
    found = Version.objects.filter(workflow_id=workflow_id, kind=Version.Kind.PUBLISHED)
    return [_record(version) for version in found.select_related("workflow").order_by("-number")]


def numbered(workflow_id: UUID, number: int) -> VersionRecord:
    """One published version.

    Raises:
        VersionNotFound: the workflow has no version of that number.
    """
    version = (
        Version.objects.filter(workflow_id=workflow_id, number=number)
        .select_related("workflow")
        .first()
    )
    if version is None:
        raise VersionNotFound
    return _record(version)


def version(version_id: UUID) -> VersionRecord:
    """Any version by its id. Versions never change, so this process remembers them.

    Raises:
        VersionNotFound: no such version in this tenant.
    """
    return _remembered(current().id, version_id)


@lru_cache(maxsize=512)
def _remembered(tenant_id: UUID, version_id: UUID) -> VersionRecord:
    del tenant_id
    found = Version.objects.filter(pk=version_id).select_related("workflow").first()
    if found is None:
        raise VersionNotFound
    return _record(found)


def _record(version: Version) -> VersionRecord:
    document = documents.load(version.document)
    return VersionRecord(
        ref=VersionRef(version.pk, version.workflow_id, version.kind, version.number),
        workflow_name=str(document.get("name") or version.workflow.name),
        document=document,
        created_at=version.created_at,
        created_by=Author(version.created_by_id, version.created_by_name),
        note=version.note,
    )


def workflows_with(kinds: Collection[str]) -> Mapping[str, Sequence[JsonObject]]:
    """The workflows whose draft has a node of each type, as `{"id", "name"}`."""
    found: dict[str, list[JsonObject]] = {kind: [] for kind in kinds}
    drafts = Workflow.objects.filter(deleted_at=None).only("id", "name", "document")
    for workflow in drafts.iterator(chunk_size=100) if found else ():
        body = bytes(workflow.document)
        for kind, users in found.items():
            if f'"type":"{kind}"'.encode() in body:
                users.append({"id": str(workflow.pk), "name": workflow.name})
    return found


def nodes_with(kinds: Collection[str]) -> Iterator[tuple[JsonObject, JsonObject]]:
    """The nodes of these types in drafts, each behind its workflow as `{"id", "name"}`."""
    marks = [f'"type":"{kind}"'.encode() for kind in kinds]
    drafts = Workflow.objects.filter(deleted_at=None).only("id", "name", "document")
    for workflow in drafts.iterator(chunk_size=100) if marks else ():
        if any(mark in bytes(workflow.document) for mark in marks):
            nodes = cast("list[JsonObject]", documents.load(workflow.document)["nodes"])
            for node in nodes:
                if node.get("type") in kinds:
                    yield {"id": str(workflow.pk), "name": workflow.name}, node


class CredentialUses:
    """Implements `headrace.credentials.ports.Uses`."""

    def workflows_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        """The workflows whose draft names each credential."""
        found: dict[UUID, list[JsonObject]] = {one: [] for one in ids}
        drafts = Workflow.objects.filter(deleted_at=None).only("id", "name", "document")
        for workflow in drafts.iterator(chunk_size=100):
            body = bytes(workflow.document)
            for one in ids:
                if str(one).encode() in body:
                    found[one].append({"id": str(workflow.pk), "name": workflow.name})
        return found

    def models_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        """The language models that are asked by each credential."""
        return models_using(ids)


class VariableUses:
    """Implements `headrace.variables.ports.Uses`."""

    def by_name(self) -> Mapping[str, Sequence[JsonObject]]:
        """The workflows whose draft names each variable."""
        found: dict[str, list[JsonObject]] = {}
        drafts = Workflow.objects.filter(deleted_at=None).exclude(variables=[]).order_by("name")
        for pk, name, variables in drafts.values_list("pk", "name", "variables"):
            for variable in variables:
                found.setdefault(variable, []).append({"id": str(pk), "name": name})
        return found
