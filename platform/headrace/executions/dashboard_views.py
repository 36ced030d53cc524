"""The figures of the home page over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.errors import InvalidInput
from headrace.executions.figures import PERIODS, dashboard


class FiguresShape(serializers.Serializer[Any]):
    """Executions that ended in some time; durations are those of completed ones, in ms."""

    runs = serializers.IntegerField()
    failed = serializers.IntegerField()
    success_rate = serializers.FloatField(allow_null=True)
    p50_ms = serializers.FloatField(allow_null=True)
    p95_ms = serializers.FloatField(allow_null=True)


class PartShape(FiguresShape):
    """One bar of the chart."""

    begin = serializers.DateTimeField()


class NamedShape(serializers.Serializer[Any]):
    """A workflow by id and name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ErrorGroupShape(serializers.Serializer[Any]):
    """Failures with the same code, node and message, numbers aside."""

    code = serializers.CharField()
    node = serializers.CharField(allow_null=True)
    message = serializers.CharField()
    count = serializers.IntegerField()
    workflows = NamedShape(many=True)
    newest = serializers.UUIDField()
    newest_at = serializers.DateTimeField()


class SlowWorkflowShape(FiguresShape):
    """A workflow with its figures."""

    workflow = NamedShape()


class FailingShape(serializers.Serializer[Any]):
    """A workflow that has failed since it last succeeded."""

    workflow = NamedShape()
    message = serializers.CharField()
    count = serializers.IntegerField()
    since = serializers.DateTimeField()
    execution = serializers.UUIDField()


class DashboardShape(serializers.Serializer[Any]):
    """How executions are doing, beside as long a time before."""

    period = serializers.ChoiceField(list(PERIODS))
    begin = serializers.DateTimeField()
    end = serializers.DateTimeField()
    figures = FiguresShape()
    before = FiguresShape()
    parts = PartShape(many=True)
    errors = ErrorGroupShape(many=True)  # type: ignore[assignment] # a field
    slowest = SlowWorkflowShape(many=True)
    failing = FailingShape(many=True)


class DashboardView(APIView):
    """`GET dashboard/`."""

    verbs: ClassVar = {"GET": "execution.view"}

    @extend_schema(
        parameters=[OpenApiParameter("period", enum=list(PERIODS), default="24h")],
        responses=DashboardShape,
    )
    def get(self, request: Request) -> Response:
        """Figures, durations, errors and workflows of the last day, week or month."""
        period = request.query_params.get("period", "24h")
        if period not in PERIODS:
            raise InvalidInput("/period", f"Use one of {', '.join(PERIODS)}.")
        return Response(DashboardShape(dashboard(period)).data)
