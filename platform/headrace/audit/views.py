"""The audit record over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import BasePagination, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from headrace.audit.models import Entry
from headrace.audit.queries import as_entry, entries


class ActorShape(serializers.Serializer[Any]):
    """Who acted, as it was then."""

    kind = serializers.CharField()
    id = serializers.UUIDField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment] # a field


class EntryShape(serializers.Serializer[Any]):
    """One entry of the record."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = ActorShape()
    action = serializers.CharField()
    object_type = serializers.CharField()
    object_id = serializers.CharField()
    facts = serializers.DictField()
    address = serializers.CharField()
    request_id = serializers.CharField()

    def to_representation(self, instance: Entry) -> Any:
        """The entry from its row."""
        return super().to_representation(as_entry(instance))


class AuditView(ListAPIView[Entry]):
    """`GET audit/`."""

    verbs: ClassVar = {"GET": "audit.view"}
    serializer_class = EntryShape

    @extend_schema(
        parameters=[
            OpenApiParameter("actor", description="Id or label of who acted."),
            OpenApiParameter("action", description="For example `workflow.published`."),
            OpenApiParameter("object", description="Id or type of what was acted on."),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was done here, newest first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Entry]:
        """The filtered record."""
        wanted = self.request.query_params
        return entries(
            actor=wanted.get("actor", ""),
            action=wanted.get("action", ""),
            obj=wanted.get("object", ""),
        )

    @property
    def paginator(self) -> BasePagination | None:
        """Pages in the order of the chain."""
        pages = super().paginator
        if isinstance(pages, CursorPagination):
            pages.ordering = ("-seq",)
        return pages
