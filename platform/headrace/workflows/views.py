"""The API of workflows: drafts, publishing, versions."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.accounts.parsers import JsonPatchParser, StrictJSONParser
from headrace.engine import Problem
from headrace.workflows import actions, queries, serializers, shapes
from headrace.workflows.errors import InvalidDocument, InvalidPatch, RevisionMissing
from headrace.workflows.organising import folders, listing
from headrace.workflows.ports import ports
from headrace.workflows.types import Draft
from headrace.workflows.validation import problems
from headrace_sdk.items import JsonObject

_IF_MATCH: Final = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The revision that was changed, in quotes.",
)
_REVISION: Final = re.compile(r'(?:W/)?"(\d{1,9})"')


class WorkflowsView(APIView):
    """The list, and new workflows."""

    verbs: ClassVar = {"GET": "workflow.view", "POST": "workflow.edit"}

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="A part of the name."),
            OpenApiParameter("active", bool),
            OpenApiParameter("folder", str, description="A folder's id, or `none`: in no folder."),
            OpenApiParameter("tag", str, many=True, description="It has all of these."),
            OpenApiParameter("owner", str, description="The id of the person who made it."),
            OpenApiParameter("sort", str, enum=[*listing.ORDERS]),
        ],
        responses=page_of(shapes.WorkflowRowShape),
    )
    def get(self, request: Request) -> Response:
        """A page of workflows, the last changed first."""
        asked = listing.Asked.of(request.query_params)
        found = page(self, asked.narrow(queries.rows()), queries.as_row, asked.order)
        shown = found.data["results"]
        last = ports.executions.last_of([row.id for row in shown])
        found.data["results"] = [serializers.row(row, last.get(row.id)) for row in shown]
        return found

    @extend_schema(request=serializers.CreateInput, responses={201: shapes.WorkflowShape})
    def post(self, request: Request) -> Response:
        """A new workflow, empty or from a document."""
        data = serializers.CreateInput.read(request)
        document = _document(data["document"]) if "document" in data else None
        draft = folders.create_in(
            actor_of(request), data.get("folder"), name=data.get("name", ""), document=document
        )
        return answer(draft, status=201)


class WorkflowView(APIView):
    """One workflow's draft. Saving needs `If-Match` with the revision that was changed."""

    verbs: ClassVar = {
        "GET": "workflow.view",
        "PUT": "workflow.edit",
        "PATCH": "workflow.edit",
        "DELETE": "workflow.delete",
    }
    parser_classes = (StrictJSONParser, JsonPatchParser)

    @extend_schema(responses=shapes.WorkflowShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The draft with its problems."""
        del request
        return answer(queries.draft(workflow_id))

    @extend_schema(
        parameters=[_IF_MATCH], request=serializers.SaveInput, responses=shapes.WorkflowShape
    )
    def put(self, request: Request, workflow_id: UUID) -> Response:
        """Replace the draft."""
        data = serializers.SaveInput.read(request)
        draft = actions.save(
            actor_of(request),
            workflow_id,
            _document(data["document"]),
            revision=_revision(request),
            name=data.get("name"),
        )
        return answer(draft)

    @extend_schema(
        parameters=[_IF_MATCH],
        request=shapes.PatchOperation(many=True),
        responses=shapes.WorkflowShape,
    )
    def patch(self, request: Request, workflow_id: UUID) -> Response:
        """Change the draft by an RFC 6902 patch."""
        if not isinstance(request.data, list):
            message = "Send a list of RFC 6902 operations."
            raise InvalidPatch(message)
        operations = cast("list[dict[str, Any]]", request.data)
        draft = actions.patch(
            actor_of(request), workflow_id, operations, revision=_revision(request)
        )
        return answer(draft)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, workflow_id: UUID) -> Response:
        """Take the workflow away; its executions stay."""
        actions.delete(actor_of(request), workflow_id)
        return Response(status=204)


class ValidateView(APIView):
    """Checks a document without storing it."""

    verb = "workflow.view"

    @extend_schema(request=serializers.ValidateInput, responses=shapes.ProblemsShape)
    def post(self, request: Request) -> Response:
        """Every problem of the document."""
        data = serializers.ValidateInput.read(request)
        found = problems(_document(data["document"]))
        return Response({"problems": serializers.problems(found)})


class ActivateView(APIView):
    """Publishes the draft."""

    verb = "workflow.publish"

    @extend_schema(request=serializers.PublishInput, responses=shapes.WorkflowShape)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Freeze the draft as the active version."""
        data = serializers.PublishInput.read(request)
        return answer(actions.publish(actor_of(request), workflow_id, note=data.get("note", "")))


class DeactivateView(APIView):
    """Stops new executions."""

    verb = "workflow.publish"

    @extend_schema(request=None, responses=shapes.WorkflowShape)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Drop the workflow's triggers."""
        return answer(actions.deactivate(actor_of(request), workflow_id))


class VersionsView(APIView):
    """Published versions."""

    verb = "workflow.view"

    @extend_schema(responses=page_of(shapes.VersionShape))
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Every published version, newest first."""
        del request
        queries.require_exists(workflow_id)
        found = queries.versions(workflow_id)
        return Response({"results": [serializers.version(one) for one in found], "next": None})


class VersionView(APIView):
    """One published version."""

    verb = "workflow.view"

    @extend_schema(responses=shapes.VersionWithDocumentShape)
    def get(self, request: Request, workflow_id: UUID, number: int) -> Response:
        """The version with its document."""
        del request
        record = queries.numbered(workflow_id, number)
        return Response(serializers.version(record, with_document=True))


class RestoreView(APIView):
    """Makes an old version the draft again."""

    verb = "workflow.edit"

    @extend_schema(request=None, responses=shapes.WorkflowShape)
    def post(self, request: Request, workflow_id: UUID, number: int) -> Response:
        """A new revision with the old content."""
        return answer(actions.restore(actor_of(request), workflow_id, f"v{number}"))


def answer(draft: Draft, status: int = 200) -> Response:
    """The draft, with its revision as `ETag`."""
    last = ports.executions.last_of([draft.row.id])
    headers = {"ETag": f'"{draft.row.revision}"'}
    return Response(serializers.draft(draft, last), status=status, headers=headers)


def _document(value: object) -> JsonObject:
    if not isinstance(value, dict):
        raise InvalidDocument(
            [Problem("invalid_format", "A workflow document is an object.", path="/document")]
        )
    return cast("JsonObject", value)


def _revision(request: Request) -> int:
    match = _REVISION.fullmatch(request.headers.get("If-Match", "").strip())
    if match is None:
        raise RevisionMissing
    return int(match[1])
