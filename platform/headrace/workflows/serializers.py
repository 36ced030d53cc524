"""Workflows as the API shows them, and the bodies that it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.engine import Problem
from headrace.workflows.types import Author, Draft, VersionRecord, WorkflowRow
from headrace_sdk.items import JsonObject


class CreateInput(Input):
    """`POST workflows/`."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    document = serializers.JSONField(required=False)
    folder = serializers.UUIDField(required=False, allow_null=True)


class SaveInput(Input):
    """`PUT workflows/{id}/`."""

    document = serializers.JSONField()
    name = serializers.CharField(max_length=200, required=False)


class ValidateInput(Input):
    """`POST workflows/validate/`."""

    document = serializers.JSONField()


class PublishInput(Input):
    """`POST workflows/{id}/activate/`."""

    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


def row(workflow: WorkflowRow, last_execution: JsonObject | None) -> dict[str, Any]:
    """A line of the list."""
    return {
        "id": str(workflow.id),
        "name": workflow.name,
        "revision": workflow.revision,
        "active": workflow.active,
        "published_version": workflow.published_version,
        "has_unpublished_changes": workflow.has_unpublished_changes,
        "node_count": workflow.node_count,
        "trigger_types": list(workflow.trigger_types),
        "created_at": workflow.created_at.isoformat(),
        "updated_at": workflow.updated_at.isoformat(),
        "updated_by": author(workflow.updated_by),
        "last_execution": last_execution,
        "folder": str(workflow.folder_id) if workflow.folder_id else None,
        "tags": list(workflow.tags),
        "owner_id": str(workflow.owner_id) if workflow.owner_id else None,
    }


def draft(found: Draft, last_executions: Mapping[UUID, JsonObject]) -> dict[str, Any]:
    """A workflow with its document and problems."""
    return {
        **row(found.row, last_executions.get(found.row.id)),
        "document": found.document,
        "problems": problems(found.problems),
    }


def problems(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems of a document."""
    return [dict(problem.to_json()) for problem in found]


def author(someone: Author | None) -> dict[str, Any] | None:
    """Who did it."""
    if someone is None:
        return None
    return {"id": str(someone.id) if someone.id else None, "name": someone.name}


def version(record: VersionRecord, *, with_document: bool = False) -> dict[str, Any]:
    """A published version."""
    shown = {
        "number": record.ref.number,
        "kind": record.ref.kind,
        "created_at": record.created_at.isoformat(),
        "created_by": author(record.created_by),
        "note": record.note,
    }
    return {**shown, "document": record.document} if with_document else shown
