"""The API that puts workflows in order: folders, tags, several at once, files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar, cast
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.workflows import queries
from headrace.workflows.organising import bulk, folders, serializers, tags, transfer


class FoldersView(APIView):
    """`workflow-folders/`."""

    verbs: ClassVar = {"GET": "workflow.view", "POST": "workflow.edit"}

    @extend_schema(responses=serializers.FoldersShape)
    def get(self, request: Request) -> Response:
        """Every folder, by name; `parent_id` makes the tree."""
        del request
        return Response({"results": folders.every(), "next": None})

    @extend_schema(request=serializers.FolderInput, responses={201: serializers.FolderShape})
    def post(self, request: Request) -> Response:
        """A new folder."""
        body = serializers.FolderInput.read(request)
        return Response(folders.create(actor_of(request), **body), status=201)


class FolderView(APIView):
    """`workflow-folders/{id}/`."""

    verbs: ClassVar = {"PATCH": "workflow.edit", "DELETE": "workflow.edit"}

    @extend_schema(request=serializers.FolderChange, responses=serializers.FolderShape)
    def patch(self, request: Request, folder_id: UUID) -> Response:
        """Rename or move it."""
        body = serializers.FolderChange.read(request)
        return Response(folders.update(actor_of(request), folder_id, **body))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, folder_id: UUID) -> Response:
        """Take it away; what lies in it moves up."""
        folders.delete(actor_of(request), folder_id)
        return Response(status=204)


class TagsView(APIView):
    """`workflow-tags/`."""

    verbs: ClassVar = {"GET": "workflow.view", "POST": "workflow.edit"}

    @extend_schema(responses=serializers.TagsShape)
    def get(self, request: Request) -> Response:
        """Every tag, by name."""
        del request
        return Response({"results": tags.every(), "next": None})

    @extend_schema(request=serializers.TagInput, responses={201: serializers.TagShape})
    def post(self, request: Request) -> Response:
        """A new tag."""
        body = serializers.TagInput.read(request)
        return Response(tags.create(actor_of(request), **body), status=201)


class TagView(APIView):
    """`workflow-tags/{id}/`."""

    verbs: ClassVar = {"PATCH": "workflow.edit", "DELETE": "workflow.edit"}

    @extend_schema(request=serializers.TagChange, responses=serializers.TagShape)
    def patch(self, request: Request, tag_id: UUID) -> Response:
        """Another name or colour."""
        body = serializers.TagChange.read(request)
        return Response(tags.update(actor_of(request), tag_id, **body))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, tag_id: UUID) -> Response:
        """Take it away, from its workflows too."""
        tags.delete(actor_of(request), tag_id)
        return Response(status=204)


class BulkView(APIView):
    """`POST workflows/bulk/`."""

    verbs: ClassVar = {"POST": "workflow.edit"}

    @extend_schema(request=serializers.WorkflowBulkInput, responses=serializers.WorkflowBulkShape)
    def post(self, request: Request) -> Response:
        """Do the same to up to 200 workflows, each on its own; its right is asked for as well."""
        body = serializers.WorkflowBulkInput.read(request)
        return Response(bulk.bulk(actor_of(request), **body))


class ExportView(APIView):
    """`POST workflows/export/`."""

    verbs: ClassVar = {"POST": "workflow.view"}

    @extend_schema(request=serializers.ExportInput, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Several drafts as one file, which `workflows/import/` takes."""
        body = serializers.ExportInput.read(request)
        return Response(transfer.exported(actor_of(request), body["ids"]))


class ExportOneView(APIView):
    """`GET workflows/{id}/export/`."""

    verbs: ClassVar = {"GET": "workflow.view"}

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The draft as a file, with its credentials by name."""
        queries.require_exists(workflow_id)
        return Response(transfer.exported(actor_of(request), [workflow_id]))


class ImportView(APIView):
    """`POST workflows/import/`."""

    verbs: ClassVar = {"POST": "workflow.edit"}

    @extend_schema(request=serializers.ImportInput, responses={201: serializers.ImportedShape})
    def post(self, request: Request) -> Response:
        """Make every workflow of a file; credentials are found by name and type."""
        body = serializers.ImportInput.read(request)
        found = transfer.imported(
            actor_of(request), cast("dict[str, Any]", body["file"]), body["folder"]
        )
        return Response(asdict(found), status=201)
