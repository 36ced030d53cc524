"""The API of what executions cost."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.executions import queries, shapes
from headrace.llm.costs import cost_by_node


class CostView(APIView):
    """What one execution costs."""

    verb = "execution.view"

    @extend_schema(responses=shapes.CostShape)
    def get(self, request: Request, execution_id: UUID) -> Response:
        """What its own calls of language models have cost so far, from the ledger."""
        del request
        queries.get(execution_id)
        nodes = cost_by_node(execution_id)
        return Response({"cost_micro": sum(nodes.values()), "nodes": nodes})
