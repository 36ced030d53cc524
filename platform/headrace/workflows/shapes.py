"""What the workflows API answers, as its OpenAPI document says it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class AuthorShape(serializers.Serializer[Any]):
    """Who did it; without an id the person is gone."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class LastExecutionShape(serializers.Serializer[Any]):
    """The newest run of a workflow."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    status = serializers.CharField()
    started_at = serializers.DateTimeField()


class ProblemShape(serializers.Serializer[Any]):
    """A fault of a document. `path` is a JSON pointer, `edge` an index into `edges`."""

    code = serializers.CharField()
    message = serializers.CharField()
    severity = serializers.ChoiceField(["error", "warning", "hint"])
    node = serializers.CharField(allow_null=True)
    edge = serializers.IntegerField(allow_null=True)
    path = serializers.CharField(allow_blank=True)


class ProblemsShape(serializers.Serializer[Any]):
    """Every fault of a document."""

    problems = ProblemShape(many=True)


class WorkflowRowShape(serializers.Serializer[Any]):
    """A line of the list of workflows."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    revision = serializers.IntegerField()
    active = serializers.BooleanField()
    published_version = serializers.IntegerField(allow_null=True)
    has_unpublished_changes = serializers.BooleanField()
    node_count = serializers.IntegerField()
    trigger_types = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    updated_by = AuthorShape(allow_null=True)
    last_execution = LastExecutionShape(allow_null=True)
    folder = serializers.UUIDField(allow_null=True)
    tags = serializers.ListField(child=serializers.UUIDField())
    owner_id = serializers.UUIDField(allow_null=True)


class WorkflowShape(WorkflowRowShape):
    """A workflow's draft. `document` has the format `headrace/1`."""

    document = serializers.DictField()
    problems = ProblemShape(many=True)


class VersionShape(serializers.Serializer[Any]):
    """An immutable version."""

    number = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(["published", "draft"])
    created_at = serializers.DateTimeField()
    created_by = AuthorShape(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class VersionWithDocumentShape(VersionShape):
    """A version with its document."""

    document = serializers.DictField()


class PatchOperation(serializers.Serializer[Any]):
    """One operation of RFC 6902."""

    op = serializers.ChoiceField(["add", "remove", "replace", "move", "copy", "test"])
    path = serializers.CharField()
    value = serializers.JSONField(required=False, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return {**super().get_fields(), "from": serializers.CharField(required=False)}
