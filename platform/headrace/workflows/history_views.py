"""The API of a workflow's history: what it was, naming that, and going back to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import Input, actor_of
from headrace.accounts.openapi import page_of
from headrace.workflows import actions, history
from headrace.workflows.serializers import author
from headrace.workflows.shapes import AuthorShape, WorkflowShape
from headrace.workflows.types import HistoryEntry
from headrace.workflows.views import answer

_PAGE: Final = 50


class HistoryEntryShape(serializers.Serializer[Any]):
    """One entry of the history. `ref` is `v3` for version 3, `r41` for revision 41 of the draft."""

    ref = serializers.CharField()
    kind = serializers.ChoiceField(["published", "session", "restored", "imported", "created"])
    number = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()
    author = AuthorShape(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class HistoryEntryWithDocumentShape(HistoryEntryShape):
    """An entry with its document."""

    document = serializers.DictField()


class NameInput(Input):
    """`PATCH workflows/{id}/history/{ref}/`; the empty name takes the name away."""

    name = serializers.CharField(max_length=200, allow_blank=True)


class HistoryView(APIView):
    """Published versions and kept drafts of one workflow."""

    verb = "workflow.view"

    @extend_schema(
        parameters=[OpenApiParameter("cursor", str, description="`next` of the page before.")],
        responses=page_of(HistoryEntryShape),
    )
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """A page of entries, newest first."""
        cursor = request.query_params.get("cursor")
        before = _moment(cursor) if cursor else None
        found = history.entries(workflow_id, before=before, limit=_PAGE + 1)
        shown = found[:_PAGE]
        following = shown[-1].at.isoformat() if len(found) > _PAGE else None
        return Response({"results": [_entry(one) for one in shown], "next": following})


class EntryView(APIView):
    """One entry of the history."""

    verbs: ClassVar = {"GET": "workflow.view", "PATCH": "workflow.edit"}

    @extend_schema(responses=HistoryEntryWithDocumentShape)
    def get(self, request: Request, workflow_id: UUID, ref: str) -> Response:
        """The entry with its document."""
        del request
        found, document = history.entry(workflow_id, ref)
        return Response({**_entry(found), "document": document})

    @extend_schema(request=NameInput, responses=HistoryEntryShape)
    def patch(self, request: Request, workflow_id: UUID, ref: str) -> Response:
        """Name it: what has a name stays."""
        text = NameInput.read(request)["name"]
        return Response(_entry(history.name(actor_of(request), workflow_id, ref, text)))


class RestoreEntryView(APIView):
    """Goes back to an entry."""

    verb = "workflow.edit"

    @extend_schema(request=None, responses=WorkflowShape)
    def post(self, request: Request, workflow_id: UUID, ref: str) -> Response:
        """A new revision with the old content; what the draft was stays in the history."""
        return answer(actions.restore(actor_of(request), workflow_id, ref))


def _entry(found: HistoryEntry) -> dict[str, Any]:
    return {
        "ref": found.ref,
        "kind": found.kind,
        "number": found.number,
        "at": found.at.isoformat(),
        "author": author(found.author),
        "name": found.name,
        "note": found.note,
    }


def _moment(cursor: str) -> datetime:
    try:
        found = parse_datetime(cursor)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValidationError({"cursor": "This cursor is not valid."})
    return found
