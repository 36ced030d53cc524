"""The API of triggers that ask: how they are doing, asking at once, and trying one of the draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.triggers import actions
from headrace.triggers.models import Poll
from headrace.triggers.polls import registering, trying
from headrace.workflows.queries import draft
from headrace_sdk.items import JsonObject


class PollProblemShape(serializers.Serializer[Any]):
    """Why the last poll failed."""

    code = serializers.CharField()
    message = serializers.CharField()


class PollShape(serializers.Serializer[Any]):
    """A trigger of the active version that asks.

    `polled_at` is when it was last asked, `found_at` when that last began a run; `failures` are
    those in a row, with the `problem` of the newest.
    """

    node = serializers.CharField()
    every_s = serializers.FloatField()
    polled_at = serializers.DateTimeField(allow_null=True)
    found_at = serializers.DateTimeField(allow_null=True)
    next_at = serializers.DateTimeField()
    failures = serializers.IntegerField()
    problem = PollProblemShape(allow_null=True)


class PollsShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = PollShape(many=True)
    next = serializers.CharField(allow_null=True)


class TriedShape(serializers.Serializer[Any]):
    """The test run and how many items it began with; no run where nothing was there."""

    execution = serializers.UUIDField(allow_null=True)
    items = serializers.IntegerField()


class PollsView(APIView):
    """`GET workflows/{id}/polls/`."""

    verb = "workflow.view"

    @extend_schema(responses=PollsShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """How the triggers are doing that ask; none while the workflow is not active."""
        del request
        draft(workflow_id)
        found = registering.rows(workflow_id).order_by("node")
        return Response({"results": [_shown(row) for row in found], "next": None})


class PollView(APIView):
    """Asks a trigger of the active version at once."""

    verb = "workflow.run"

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, workflow_id: UUID, node: str) -> Response:
        """Ask without waiting for the interval."""
        actions.poll_now(actor_of(request), workflow_id, node)
        return Response(status=204)


class TryPollView(APIView):
    """Asks a trigger of the draft for a sample."""

    verb = "workflow.run"

    @extend_schema(request=None, responses=TriedShape)
    def post(self, request: Request, workflow_id: UUID, node: str) -> Response:
        """Begin a test run with what is there now; no cursor is read or moved."""
        ref, items = trying.try_now(actor_of(request), workflow_id, node)
        return Response({"execution": ref and str(ref.id), "items": items})


def _shown(row: Poll) -> JsonObject:
    return {
        "node": row.node,
        "every_s": row.every_s,
        "polled_at": _iso(row.polled_at),
        "found_at": _iso(row.found_at),
        "next_at": row.look_at.isoformat(),
        "failures": row.failures,
        "problem": row.problem,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
