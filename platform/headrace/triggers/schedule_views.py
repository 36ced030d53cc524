"""The API of a workflow's schedules: of its triggers, and those that were added beside them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import Input, actor_of
from headrace.triggers import scheduling
from headrace.triggers.schedule_rows import STANDINGS, row_json


class ScheduleShape(serializers.Serializer[Any]):
    """When a workflow starts: by `cron`, every so many seconds, or once `at` a time.

    `id` is empty for a trigger of the draft that comes with the next version. `added_by` is empty
    for triggers; `added_in` is the execution that added it, if it was one.
    """

    id = serializers.UUIDField(allow_null=True)
    node = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    cron = serializers.ListField(child=serializers.CharField())
    every_s = serializers.FloatField(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)
    timezone = serializers.CharField()
    status = serializers.ChoiceField(STANDINGS)
    next_at = serializers.DateTimeField(allow_null=True)
    last_at = serializers.DateTimeField(allow_null=True)
    added_by = serializers.CharField(allow_null=True)
    added_in = serializers.UUIDField(allow_null=True)


class SchedulesShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = ScheduleShape(many=True)
    next = serializers.CharField(allow_null=True)


class PausedInput(Input):
    """Paused or not."""

    is_paused = serializers.BooleanField()


class SchedulesView(APIView):
    """`GET workflows/{id}/schedules/`."""

    verb = "workflow.view"

    @extend_schema(responses=SchedulesShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The next first, and behind them what the draft would bring."""
        found = scheduling.of_workflow(actor_of(request), workflow_id)
        return Response({"results": [row_json(row) for row in found], "next": None})


class ScheduleView(APIView):
    """`PATCH`, `DELETE workflows/{id}/schedules/{id}/`."""

    verbs: ClassVar = {"PATCH": "workflow.publish", "DELETE": "workflow.publish"}

    @extend_schema(request=PausedInput, responses=ScheduleShape)
    def patch(self, request: Request, workflow_id: UUID, schedule_id: UUID) -> Response:
        """Pause it, or let it go on from its next time."""
        is_paused = bool(PausedInput.read(request)["is_paused"])
        row = scheduling.set_paused(
            actor_of(request), schedule_id, is_paused=is_paused, workflow_id=workflow_id
        )
        return Response(row_json(row))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, workflow_id: UUID, schedule_id: UUID) -> Response:
        """Take away one that was added."""
        scheduling.remove(actor_of(request), schedule_id, workflow_id=workflow_id)
        return Response(status=204)
