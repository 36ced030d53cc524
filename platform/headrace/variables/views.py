"""Variables over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.variables import actions, queries
from headrace.variables.ports import ports
from headrace.variables.serializers import (
    VariableChange,
    VariableInput,
    VariableShape,
    VariablesShape,
)
from headrace.variables.types import VariableRow


class VariablesView(APIView):
    """`variables/`."""

    verbs: ClassVar = {"GET": "variable.view", "POST": "variable.edit"}

    @extend_schema(responses=VariablesShape)
    def get(self, request: Request) -> Response:
        """Every variable by name, with the workflows that name it."""
        del request
        return Response({"results": _shown(queries.every()), "next": None})

    @extend_schema(request=VariableInput, responses={201: VariableShape})
    def post(self, request: Request) -> Response:
        """A new one; its name stays."""
        body = VariableInput.read(request)
        row = actions.create(actor_of(request), **body)
        return Response(_shown([row])[0], status=201)


class VariableView(APIView):
    """`variables/{id}/`."""

    verbs: ClassVar = {"GET": "variable.view", "PATCH": "variable.edit", "DELETE": "variable.edit"}

    @extend_schema(responses=VariableShape)
    def get(self, request: Request, variable_id: UUID) -> Response:
        """One variable."""
        del request
        return Response(_shown([queries.one(variable_id)])[0])

    @extend_schema(request=VariableChange, responses=VariableShape)
    def patch(self, request: Request, variable_id: UUID) -> Response:
        """Another value or description, for executions that begin from now on."""
        body = VariableChange.read(request)
        return Response(_shown([actions.update(actor_of(request), variable_id, **body)])[0])

    @extend_schema(responses={204: None})
    def delete(self, request: Request, variable_id: UUID) -> Response:
        """Take it away, unless a workflow names it."""
        actions.delete(actor_of(request), variable_id)
        return Response(status=204)


def _shown(rows: Sequence[VariableRow]) -> list[dict[str, Any]]:
    uses = ports.uses.by_name()
    return [
        {**VariableShape({**asdict(row), "used_by": uses.get(row.name, ())}).data} for row in rows
    ]
