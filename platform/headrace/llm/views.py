"""The API of language models: which there are, what may be spent, what was."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.llm import actions, learned, prices, queries, serializers, spending
from headrace.llm.health import down_among
from headrace.llm.providers.offered import offered_embedders, offered_providers
from headrace.llm.types import ModelRow
from headrace.tenants.clock import database_now

MOST_DAYS = 400


class ModelsView(APIView):
    """`llm/models/`."""

    verbs: ClassVar = {"GET": "llm.view", "POST": "llm.edit"}

    @extend_schema(responses=serializers.ModelShape(many=True))
    def get(self, request: Request) -> Response:
        """The workspace's models, in their order."""
        del request
        rows = queries.models()
        down = down_among(row.account for row in rows)
        today = _today()
        return Response(
            [serializers.model_json(row, today=today, is_down=row.account in down) for row in rows]
        )

    @extend_schema(request=serializers.ModelInput, responses={201: serializers.ModelShape})
    def post(self, request: Request) -> Response:
        """Add one."""
        body = serializers.ModelInput.read(request)
        row = actions.add_model(actor_of(request), serializers.columns(body))
        return Response(_shown(row), status=201)


class ModelView(APIView):
    """`llm/models/{id}/`."""

    verbs: ClassVar = {"GET": "llm.view", "PUT": "llm.edit", "DELETE": "llm.edit"}

    @extend_schema(responses=serializers.ModelShape)
    def get(self, request: Request, model_id: UUID) -> Response:
        """One model."""
        del request
        return Response(_shown(queries.model(model_id)))

    @extend_schema(request=serializers.ModelInput, responses=serializers.ModelShape)
    def put(self, request: Request, model_id: UUID) -> Response:
        """Replace what is said of it."""
        body = serializers.ModelInput.read(request)
        fields = serializers.columns(body)
        return Response(_shown(actions.change_model(actor_of(request), model_id, fields)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, model_id: UUID) -> Response:
        """Take it from the list."""
        actions.remove_model(actor_of(request), model_id)
        return Response(status=204)


class ProvidersView(APIView):
    """`llm/providers/`."""

    verb = "llm.view"

    @extend_schema(responses=serializers.ProvidersShape)
    def get(self, request: Request) -> Response:
        """Who can answer: our own providers, and those that packages bring."""
        del request
        return Response({"results": offered_providers()})


class EmbeddersView(APIView):
    """`llm/embedders/`."""

    verb = "llm.view"

    @extend_schema(responses=serializers.ProvidersShape)
    def get(self, request: Request) -> Response:
        """Who can make vectors for a collection, beside the local model."""
        del request
        return Response({"results": offered_embedders()})


class PricesView(APIView):
    """`llm/prices/`."""

    verb = "llm.view"

    @extend_schema(responses=serializers.PriceListShape)
    def get(self, request: Request) -> Response:
        """The dated price list, as it holds today."""
        del request
        found = [serializers.known_json(one) for one in prices.known_models(_today())]
        return Response({"read_on": prices.read_on(), "models": found})


class BudgetsView(APIView):
    """`llm/budgets/`."""

    verbs: ClassVar = {"GET": "llm.view", "POST": "llm.edit"}

    @extend_schema(responses=serializers.BudgetShape(many=True))
    def get(self, request: Request) -> Response:
        """The workspace's budgets, with what is spent of each."""
        del request
        return Response([serializers.budget_json(row) for row in queries.budget_rows()])

    @extend_schema(request=serializers.BudgetInput, responses={201: serializers.BudgetShape})
    def post(self, request: Request) -> Response:
        """Add one."""
        body = serializers.BudgetInput.read(request)
        row = actions.add_budget(actor_of(request), serializers.columns(body))
        return Response(serializers.budget_json(row), status=201)


class BudgetView(APIView):
    """`llm/budgets/{id}/`."""

    verbs: ClassVar = {"GET": "llm.view", "PUT": "llm.edit", "DELETE": "llm.edit"}

    @extend_schema(responses=serializers.BudgetShape)
    def get(self, request: Request, budget_id: UUID) -> Response:
        """One budget."""
        del request
        return Response(serializers.budget_json(queries.budget(budget_id)))

    @extend_schema(request=serializers.BudgetInput, responses=serializers.BudgetShape)
    def put(self, request: Request, budget_id: UUID) -> Response:
        """Replace what is said of it."""
        body = serializers.BudgetInput.read(request)
        fields = serializers.columns(body)
        row = actions.change_budget(actor_of(request), budget_id, fields)
        return Response(serializers.budget_json(row))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, budget_id: UUID) -> Response:
        """Take it away."""
        actions.remove_budget(actor_of(request), budget_id)
        return Response(status=204)


class RoutingView(APIView):
    """`llm/routing/`."""

    verbs: ClassVar = {"GET": "llm.view", "PUT": "llm.edit"}

    @extend_schema(responses=serializers.RoutingShape)
    def get(self, request: Request) -> Response:
        """What the router keeps to."""
        del request
        return Response(serializers.routing_json(queries.rules()))

    @extend_schema(request=serializers.RoutingInput, responses=serializers.RoutingShape)
    def put(self, request: Request) -> Response:
        """Tell it; kinds of tasks that are not named keep their default."""
        body = serializers.RoutingInput.read(request)
        return Response(serializers.routing_json(actions.tell_router(actor_of(request), **body)))


class SpendingView(APIView):
    """`llm/spending/`."""

    verb = "llm.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("by", enum=["day", "workflow", "model"], description="Each line's."),
            OpenApiParameter("days", int, description="The last so many days; 30."),
        ],
        responses=serializers.SpendingShape,
    )
    def get(self, request: Request) -> Response:
        """What was spent, by day, workflow or model."""
        by = spending.WORDS.get(request.query_params.get("by", "day"))
        if by is None:
            raise ValidationError({"by": "Give day, workflow or model."})
        lines = spending.spent(by, _days(request))
        return Response({"results": [serializers.spent_json(line) for line in lines]})


class SavingView(APIView):
    """`llm/saving/`."""

    verb = "llm.view"

    @extend_schema(
        parameters=[OpenApiParameter("days", int, description="The last so many days; 30.")],
        responses=serializers.SavingShape,
    )
    def get(self, request: Request) -> Response:
        """What was spent against what one premium model would have cost for the same tokens."""
        return Response(serializers.saving_json(spending.saving(_days(request))))


class CallsView(APIView):
    """`llm/calls/`."""

    verb = "llm.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("workflow", UUID, description="Calls of this workflow only."),
            OpenApiParameter("execution", UUID, description="Calls of this run only."),
            OpenApiParameter("cursor", description="The `next` of the page before."),
        ],
        responses=page_of(serializers.CallShape),
    )
    def get(self, request: Request) -> Response:
        """A page of the ledger, newest first."""
        rows = queries.calls()
        for name in ("workflow", "execution"):
            if text := request.query_params.get(name):
                rows = rows.filter(**{f"{name}_id": _uuid(name, text)})
        return page(self, rows, serializers.call_json, ("-id",))


class ComplexityView(APIView):
    """`llm/calls/{id}/complexity/`."""

    verbs: ClassVar = {"PUT": "llm.edit"}

    @extend_schema(request=serializers.ComplexityInput, responses={204: None})
    def put(self, request: Request, call_id: UUID) -> Response:
        """Say how complex its question was; the router keeps to it for questions like it."""
        wanted = serializers.ComplexityInput.read(request)["complexity"]
        learned.correct(actor_of(request), call_id, wanted)
        return Response(status=204)


def _shown(row: ModelRow) -> dict[str, object]:
    is_down = bool(down_among([row.account]))
    return serializers.model_json(row, today=_today(), is_down=is_down)


def _today() -> str:
    return database_now().date().isoformat()


def _days(request: Request) -> int:
    text = request.query_params.get("days", "30")
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST_DAYS):
        raise ValidationError({"days": f"Give a number of days from 1 to {MOST_DAYS}."})
    return int(text)


def _uuid(name: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValidationError({name: "This is no id."}) from None
