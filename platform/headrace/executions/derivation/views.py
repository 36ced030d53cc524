"""The API of executions made from executions."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.executions import queries
from headrace.executions.derivation import serializers
from headrace.executions.derivation.bulk import Choice, bulk
from headrace.executions.derivation.compare import compare
from headrace.executions.derivation.fork import fork
from headrace.executions.derivation.stale import stale
from headrace.executions.errors import ExecutionNotFound
from headrace.executions.serializers import row
from headrace.workflows import queries as workflows


class ForkView(APIView):
    """Begins again at a step of an execution."""

    verbs: ClassVar = {"POST": "execution.fork"}

    @extend_schema(request=serializers.ForkInput, responses={201: serializers.ForkShape})
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Make the fork; its reused steps are in its log at once."""
        wish = serializers.wish_of(serializers.ForkInput.read(request))
        found = fork(actor_of(request), execution_id, wish)
        return Response(serializers.forked(found), status=201)


class StaleView(APIView):
    """Tells which results hold in the draft."""

    verb = "execution.view"

    @extend_schema(responses=serializers.StaleShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Every run of `?execution=`, and whether it would be made again."""
        workflows.require_exists(workflow_id)
        found = stale(workflow_id, _execution(request))
        steps = [
            {"node": one.id.node, "run": one.id.run, "is_stale": one.is_stale, "reason": one.reason}
            for one in found
        ]
        return Response({"steps": steps})


class CompareView(APIView):
    """Puts two executions side by side."""

    verb = "execution.view"

    @extend_schema(responses=serializers.CompareShape)
    def get(self, request: Request, execution_id: UUID, other_id: UUID) -> Response:
        """Both summaries, and each step of either with what differs."""
        del request
        sides = [queries.get(execution_id), queries.get(other_id)]
        steps = compare(*sides)
        return Response({"executions": [row(one) for one in sides], "steps": steps})


class BulkView(APIView):
    """One action on many executions."""

    verbs: ClassVar = {"POST": "execution.cancel"}

    @extend_schema(request=serializers.BulkInput, responses={202: serializers.BulkShape})
    def post(self, request: Request) -> Response:
        """Cancel, retry or delete up to a thousand executions."""
        data = serializers.BulkInput.read(request)
        choice = Choice(data.get("ids"), **data.get("filter", {}))
        return Response(bulk(actor_of(request), data["action"], choice), status=202)


def _execution(request: Request) -> UUID:
    try:
        return UUID(request.query_params.get("execution", ""))
    except ValueError as error:
        raise ExecutionNotFound from error
