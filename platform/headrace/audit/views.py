"""The audit record over HTTP."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.pagination import BasePagination, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.audit import export
from headrace.audit.filters import Filter
from headrace.audit.models import Entry
from headrace.audit.queries import as_entry, intact
from headrace.audit.types import Outcome

_FILTERS: Final = [
    OpenApiParameter("actor", description="Id or label of who acted."),
    OpenApiParameter("action", description="`workflow.published`, or `workflow.` for all of them."),
    OpenApiParameter("object", description="Id or type of what was acted on."),
    OpenApiParameter("outcome", enum=list(Outcome), description="How it ended."),
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day, in UTC."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="The last day, in UTC."),
]


class ActorShape(serializers.Serializer[Any]):
    """Who acted, as it was then."""

    kind = serializers.CharField()
    id = serializers.UUIDField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment] # a field


class EntryShape(serializers.Serializer[Any]):
    """One entry of the record. `is_intact`: it follows unchanged from the one before it."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = ActorShape()
    action = serializers.CharField()
    object_type = serializers.CharField()
    object_id = serializers.CharField()
    facts = serializers.DictField()
    outcome = serializers.ChoiceField(choices=list(Outcome))
    address = serializers.CharField()
    request_id = serializers.CharField()
    is_intact = serializers.BooleanField()

    def to_representation(self, instance: Entry) -> Any:
        """The entry from its row."""
        entry = as_entry(instance)
        shown = {field.name: getattr(entry, field.name) for field in fields(entry)}
        return super().to_representation(
            {**shown, "is_intact": instance.seq in self.context["intact"]}
        )


class AuditView(ListAPIView[Entry]):
    """`GET audit/`."""

    verbs: ClassVar = {"GET": "audit.view"}
    serializer_class = EntryShape

    @extend_schema(parameters=_FILTERS)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was done here, newest first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Entry]:
        """The filtered record."""
        return Filter.read(self.request.query_params).entries()

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Knows which of the entries of this page hold."""
        rows: Any = args[0] if args else ()
        context = {**self.get_serializer_context(), "intact": intact(rows)}
        return EntryShape(*args, **{**kwargs, "context": context})

    @property
    def paginator(self) -> BasePagination | None:
        """Pages in the order of the chain."""
        pages = super().paginator
        if isinstance(pages, CursorPagination):
            pages.ordering = ("-seq",)
        return pages


class AuditExportView(APIView):
    """`GET audit/export/`."""

    verbs: ClassVar = {"GET": "audit.view"}

    @extend_schema(
        parameters=[*_FILTERS, OpenApiParameter("as", enum=["csv", "jsonl"], default="csv")],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> HttpResponse:
        """The newest entries that fit, as a file."""
        wanted = Filter.read(request.query_params)
        kind = request.query_params.get("as", "csv")
        if kind not in {"csv", "jsonl"}:
            raise ValidationError({"as": "Use csv or jsonl."})
        is_csv = kind == "csv"
        response = HttpResponse(
            export.as_csv(wanted) if is_csv else export.as_json_lines(wanted),
            content_type="text/csv; charset=utf-8" if is_csv else "application/x-ndjson",
        )
        response.headers["Content-Disposition"] = f'attachment; filename="audit.{kind}"'
        return response
