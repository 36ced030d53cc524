"""Bodies and answers of the API that puts workflows in order."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.workflows.organising import bulk
from headrace.workflows.organising.tags import COLORS


class FolderInput(Input):
    """`POST workflow-folders/`."""

    name = serializers.CharField(max_length=100)
    parent_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class FolderChange(Input):
    """`PATCH workflow-folders/{id}/`."""

    name = serializers.CharField(max_length=100, required=False)
    parent_id = serializers.UUIDField(required=False, allow_null=True)


class FolderShape(serializers.Serializer[Any]):
    """A folder, with the number of workflows that lie in it itself."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    parent_id = serializers.UUIDField(allow_null=True)
    workflows = serializers.IntegerField()


class FoldersShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = FolderShape(many=True)
    next = serializers.CharField(allow_null=True)


class TagInput(Input):
    """`POST workflow-tags/`."""

    name = serializers.CharField(max_length=40)
    color = serializers.ChoiceField(COLORS)


class TagChange(Input):
    """`PATCH workflow-tags/{id}/`."""

    name = serializers.CharField(max_length=40, required=False)
    color = serializers.ChoiceField(COLORS, required=False)


class TagShape(serializers.Serializer[Any]):
    """A tag, with the number of workflows that have it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    color = serializers.ChoiceField(COLORS)
    workflows = serializers.IntegerField()


class TagsShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = TagShape(many=True)
    next = serializers.CharField(allow_null=True)


class WorkflowBulkInput(Input):
    """`POST workflows/bulk/`; `move` needs a folder (`null`: the top), `tag` and `untag` a tag."""

    action = serializers.ChoiceField(bulk.ACTIONS)
    ids = serializers.ListField(
        child=serializers.UUIDField(), allow_empty=False, max_length=bulk.MOST
    )
    folder = serializers.UUIDField(required=False, allow_null=True)
    tag = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nothing that the action needs is missing.

        Raises:
            ValidationError: with its path.
        """
        needed = {"move": "folder", "tag": "tag", "untag": "tag"}.get(attrs["action"])
        if needed is not None and needed not in attrs:
            raise serializers.ValidationError({needed: "This action needs it."})
        return attrs


class WorkflowRefusal(serializers.Serializer[Any]):
    """One that was left as it is."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    message = serializers.CharField()


class WorkflowBulkShape(serializers.Serializer[Any]):
    """What became of each."""

    accepted = serializers.ListField(child=serializers.UUIDField())
    refused = WorkflowRefusal(many=True)


class ExportInput(Input):
    """`POST workflows/export/`."""

    ids = serializers.ListField(
        child=serializers.UUIDField(), allow_empty=False, max_length=bulk.MOST
    )


class ImportInput(Input):
    """`POST workflows/import/`: a workflow's document, or a bundle of them."""

    file = serializers.DictField()
    folder = serializers.UUIDField(required=False, allow_null=True, default=None)


class ImportedWorkflow(serializers.Serializer[Any]):
    """A workflow that was made."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class MissingCredential(serializers.Serializer[Any]):
    """A slot for which no credential of that name and type is here; it is empty now."""

    workflow = serializers.UUIDField()
    node = serializers.CharField()
    slot = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    type = serializers.CharField(allow_blank=True)


class ImportedShape(serializers.Serializer[Any]):
    """What was made of a file."""

    workflows = ImportedWorkflow(many=True)
    missing = MissingCredential(many=True)
