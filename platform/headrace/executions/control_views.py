"""The API of what people do to an execution that began."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import Input, actor_of
from headrace.executions import control
from headrace.executions.serializers import items_of


class DecideInput(Input):
    """`POST executions/{id}/decide/`."""

    node = serializers.CharField(max_length=100)
    run = serializers.CharField(max_length=100)
    decision = serializers.ChoiceField(choices=["happened", "not_happened", "run_again"])
    items = serializers.ListField(child=serializers.JSONField(), required=False, max_length=10_000)


class AcceptedShape(serializers.Serializer[Any]):
    """It was accepted, and is done by whoever holds the execution."""

    execution = serializers.UUIDField()


class PauseView(APIView):
    """Holds an execution where it is."""

    verbs: ClassVar = {"POST": "execution.pause"}

    @extend_schema(request=None, responses={202: AcceptedShape})
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Let nothing new start; steps under way end."""
        control.pause(actor_of(request), execution_id)
        return _accepted(execution_id)


class ResumeView(APIView):
    """Lets a paused execution go on."""

    verbs: ClassVar = {"POST": "execution.pause"}

    @extend_schema(request=None, responses={202: AcceptedShape})
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Go on after a pause."""
        control.unpause(actor_of(request), execution_id)
        return _accepted(execution_id)


class RetryView(APIView):
    """Continues a failed execution."""

    verbs: ClassVar = {"POST": "execution.retry"}

    @extend_schema(request=None, responses={202: AcceptedShape})
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Go on from the failed steps, in the same execution."""
        control.retry(actor_of(request), execution_id)
        return _accepted(execution_id)


class DecideView(APIView):
    """Settles a step whose outcome is unknown."""

    verbs: ClassVar = {"POST": "execution.decide"}

    @extend_schema(request=DecideInput, responses={202: AcceptedShape})
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Say whether the write happened, or make it again."""
        data = DecideInput.read(request)
        control.decide(
            actor_of(request),
            execution_id,
            (data["node"], data["run"]),
            data["decision"],
            items_of(data["items"]) if "items" in data else None,
        )
        return _accepted(execution_id)


def _accepted(execution_id: UUID) -> Response:
    return Response({"execution": str(execution_id)}, status=202)
