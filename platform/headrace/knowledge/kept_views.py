"""The API of examples and memories: people see what is kept, correct it, and have it forgotten."""

from __future__ import annotations

from typing import ClassVar, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.audit import actions as audit
from headrace.knowledge import labels, memory, queries, serializers
from headrace.knowledge.embedding.embedder import LOCAL
from headrace.knowledge.models import Example, Kept

Row = TypeVar("Row", bound=Kept)
VIEW = "knowledge.view"
EDIT = "knowledge.edit"
CHOICE = [
    OpenApiParameter("space", description="Only those that are kept under this very name."),
    OpenApiParameter("search", description="Only those whose text or name contains this."),
]


class ExamplesView(APIView):
    """`knowledge/examples/`."""

    verbs: ClassVar = {"GET": VIEW, "POST": EDIT}

    @extend_schema(parameters=CHOICE, responses=page_of(serializers.ExampleShape))
    def get(self, request: Request) -> Response:
        """Texts with their labels, newest first."""
        rows = _chosen(request, Example.objects.defer("v384"))
        return page(self, rows, serializers.example_json)

    @extend_schema(request=serializers.ExampleInput, responses={201: serializers.ExampleShape})
    def post(self, request: Request) -> Response:
        """Say which label a text has: those who classify by examples know it from now on."""
        body = serializers.ExampleInput.read(request)
        vector = queries.vectors_by_hand(LOCAL, [body["text"]])[0]
        made = labels.teach(actor_of(request), body["space"], body["text"], body["label"], vector)
        row = Example.objects.defer("v384").get(pk=made)
        return Response(serializers.example_json(row), status=201)


class ExampleView(APIView):
    """`knowledge/examples/{id}/`."""

    verbs: ClassVar = {"DELETE": EDIT}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, example_id: UUID) -> Response:
        """Take it away."""
        labels.unlearn(actor_of(request), example_id)
        return Response(status=204)


class MemoriesView(APIView):
    """`knowledge/memories/`."""

    verbs: ClassVar = {"GET": VIEW}

    @extend_schema(parameters=CHOICE, responses=page_of(serializers.MemoryShape))
    def get(self, request: Request) -> Response:
        """What is remembered, newest first."""
        rows = _chosen(request, memory.alive().defer("v384"))
        return page(self, rows, serializers.memory_json)


class ForgetView(APIView):
    """`knowledge/memories/forget/`."""

    verbs: ClassVar = {"POST": EDIT}

    @extend_schema(request=serializers.ForgetInput, responses=serializers.ForgottenShape)
    def post(self, request: Request) -> Response:
        """Forget all that is kept under a name."""
        space = serializers.ForgetInput.read(request)["space"]
        count = memory.forget(space)
        facts = {"space": space, "count": count}
        audit.record(actor_of(request).value, "memory.forgotten", "memory", space, facts)
        return Response({"forgotten": count})


class MemoryView(APIView):
    """`knowledge/memories/{id}/`."""

    verbs: ClassVar = {"DELETE": EDIT}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, memory_id: UUID) -> Response:
        """Forget it."""
        row = memory.forget_one(memory_id)
        facts = {"space": row.space}
        audit.record(actor_of(request).value, "memory.forgotten", "memory", memory_id, facts)
        return Response(status=204)


def _chosen(request: Request, rows: QuerySet[Row]) -> QuerySet[Row]:
    if space := request.query_params.get("space"):
        rows = rows.filter(space=space.replace("\0", ""))
    if part := request.query_params.get("search", "").replace("\0", ""):
        rows = rows.filter(Q(text__icontains=part) | Q(space__icontains=part))
    return rows
