"""The API of workflows: drafts, publishing, versions."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.paging import page
from headrace.accounts.parsers import JsonPatchParser, StrictJSONParser
from headrace.engine import Problem
from headrace.workflows import actions, queries, serializers
from headrace.workflows.errors import InvalidDocument, InvalidPatch, RevisionMissing
from headrace.workflows.ports import ports
from headrace.workflows.types import Draft
from headrace.workflows.validation import problems
from headrace_sdk.items import JsonObject

_REVISION: Final = re.compile(r'(?:W/)?"(\d{1,9})"')


class WorkflowsView(APIView):
    """The list, and new workflows."""

    verbs: ClassVar = {"GET": "workflow.view", "POST": "workflow.edit"}

    def get(self, request: Request) -> Response:
        """A page of workflows, the last changed first."""
        rows = queries.rows()
        if text := request.query_params.get("q"):
            rows = rows.filter(name__icontains=text[:200])
        if (active := request.query_params.get("active")) in {"true", "false"}:
            rows = rows.filter(published__isnull=active == "false")
        answer = page(self, rows, queries.as_row, ("-updated_at", "-id"))
        shown = answer.data["results"]
        last = ports.executions.last_of([row.id for row in shown])
        answer.data["results"] = [serializers.row(row, last.get(row.id)) for row in shown]
        return answer

    def post(self, request: Request) -> Response:
        """A new workflow, empty or from a document."""
        data = serializers.CreateInput.read(request)
        document = _document(data["document"]) if "document" in data else None
        draft = actions.create(actor_of(request), name=data.get("name", ""), document=document)
        return _answer(draft, status=201)


class WorkflowView(APIView):
    """One workflow's draft. Saving needs `If-Match` with the revision that was changed."""

    verbs: ClassVar = {
        "GET": "workflow.view",
        "PUT": "workflow.edit",
        "PATCH": "workflow.edit",
        "DELETE": "workflow.delete",
    }
    parser_classes = (StrictJSONParser, JsonPatchParser)

    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The draft with its problems."""
        del request
        return _answer(queries.draft(workflow_id))

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
        return _answer(draft)

    def patch(self, request: Request, workflow_id: UUID) -> Response:
        """Change the draft by an RFC 6902 patch."""
        if not isinstance(request.data, list):
            message = "Send a list of RFC 6902 operations."
            raise InvalidPatch(message)
        operations = cast("list[dict[str, Any]]", request.data)
        draft = actions.patch(
            actor_of(request), workflow_id, operations, revision=_revision(request)
        )
        return _answer(draft)

    def delete(self, request: Request, workflow_id: UUID) -> Response:
        """Take the workflow away; its executions stay."""
        actions.delete(actor_of(request), workflow_id)
        return Response(status=204)


class ValidateView(APIView):
    """Checks a document without storing it."""

    verb = "workflow.view"

    def post(self, request: Request) -> Response:
        """Every problem of the document."""
        data = serializers.ValidateInput.read(request)
        found = problems(_document(data["document"]))
        return Response({"problems": serializers.problems(found)})


class ActivateView(APIView):
    """Publishes the draft."""

    verb = "workflow.publish"

    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Freeze the draft as the active version."""
        data = serializers.PublishInput.read(request)
        return _answer(actions.publish(actor_of(request), workflow_id, note=data.get("note", "")))


class DeactivateView(APIView):
    """Stops new executions."""

    verb = "workflow.publish"

    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Drop the workflow's triggers."""
        return _answer(actions.deactivate(actor_of(request), workflow_id))


class VersionsView(APIView):
    """Published versions."""

    verb = "workflow.view"

    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Every published version, newest first."""
        del request
        queries.require_exists(workflow_id)
        found = queries.versions(workflow_id)
        return Response({"results": [serializers.version(one) for one in found], "next": None})


class VersionView(APIView):
    """One published version."""

    verb = "workflow.view"

    def get(self, request: Request, workflow_id: UUID, number: int) -> Response:
        """The version with its document."""
        del request
        record = queries.numbered(workflow_id, number)
        return Response(serializers.version(record, with_document=True))


class RestoreView(APIView):
    """Makes an old version the draft again."""

    verb = "workflow.edit"

    def post(self, request: Request, workflow_id: UUID, number: int) -> Response:
        """A new revision with the old content."""
        return _answer(actions.restore(actor_of(request), workflow_id, number))


def _answer(draft: Draft, status: int = 200) -> Response:
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
