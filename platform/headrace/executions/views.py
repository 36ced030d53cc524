"""The API of executions: start, list, look into, cancel."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.accounts.types import Actor
from headrace.executions import actions, history, queries, serializers, shapes
from headrace.executions.call_history import CallHistory
from headrace.executions.control_views import AcceptedShape
from headrace.executions.derivation.origin import forked_from
from headrace.executions.derivation.partial import Part, run_part
from headrace.executions.family import family_of
from headrace.executions.late_results import late_results
from headrace.executions.preview import Preview, evaluate
from headrace.executions.search import searched
from headrace.executions.types import Status
from headrace.expressions import reference
from headrace.llm.costs import cost_of_row, executions_above
from headrace.tenants.clock import database_now
from headrace.workflows import actions as workflow_actions
from headrace.workflows import queries as workflows
from headrace.workflows.types import VersionRef

FILTERS: Final = {"mode": "mode", "trigger": "trigger_type"}
LOOK_EVERY_S: Final = 0.05


STEPS_SHOWN: Final = 500
"""Of a node in a long loop, so many of the latest completed steps are listed."""


class RunView(APIView):
    """Starts a workflow by hand."""

    verb = "workflow.run"

    @extend_schema(
        request=serializers.RunInput, responses={200: shapes.RanShape, 202: shapes.BegunShape}
    )
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Run the draft, a part of it, or a version; with `wait`, answer with its result."""
        data = serializers.RunInput.read(request)
        actor = actor_of(request)
        mode = "manual" if actor.kind == "person" else "api"
        items = serializers.items_of(data["items"]) if "items" in data else None
        part = Part(
            data.get("to"),
            data.get("from"),
            data.get("only"),
            data.get("execution"),
            data.get("trigger"),
            items,
        )
        if part.node:
            ref = run_part(actor, workflow_id, part, mode=mode)
        else:
            version = _version(actor, workflow_id, data.get("version"))
            trigger = data.get("trigger")
            ref = actions.run_version(actor, version, mode=mode, items=items, trigger=trigger)
        begun = {"execution": str(ref.id), "number": ref.number}
        told = _wait(ref.id, data["wait"]) if data.get("wait") else None
        if told is None:
            return Response(begun, status=202)
        return Response({**begun, **_result(told)})


class ExecutionsView(APIView):
    """The list of executions."""

    verb = "execution.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("workflow", UUID),
            OpenApiParameter("parent", UUID, description="The execution that called them."),
            OpenApiParameter("status", str, description="One or several, with commas between."),
            OpenApiParameter("mode", str),
            OpenApiParameter("trigger", str, description="The type of the trigger."),
            OpenApiParameter(
                "q", str, description="A run's number, or a part of its workflow's name."
            ),
            OpenApiParameter("since", datetime, description="Those begun then or later."),
            OpenApiParameter(
                "cost", int, description="Those that cost so many millionths of a dollar or more."
            ),
        ],
        responses=page_of(shapes.PricedRowShape),
    )
    def get(self, request: Request) -> Response:
        """A page of executions, newest first."""
        rows = queries.rows()
        params = request.query_params
        if workflow := params.get("workflow"):
            rows = rows.filter(workflow_id=_uuid(workflow))
        if parent := params.get("parent"):
            rows = rows.filter(parent_id=_uuid(parent))
        if status := params.get("status"):
            wanted = [one for one in status.split(",") if one in set(Status)]
            rows = rows.filter(status__in=wanted)
        for name, column in FILTERS.items():
            if value := params.get(name):
                rows = rows.filter(**{column: value[:200]})
        rows = searched(rows, params.get("q", ""), params.get("since", ""))
        if least_micro := _whole(request, "cost", 0, 2**62):
            rows = rows.filter(pk__in=executions_above(least_micro))
        rows = rows.annotate(cost_micro=cost_of_row())
        return page(self, rows, serializers.priced, ("-number",))


class ExecutionView(APIView):
    """One execution."""

    verb = "execution.view"

    @extend_schema(responses=shapes.ExecutionShape)
    def get(self, request: Request, execution_id: UUID) -> Response:
        """The execution with its steps and the document that it runs."""
        del request
        execution = queries.get(execution_id)
        calls = CallHistory()
        events = calls.hearing(queries.stream(execution_id))
        steps = history.steps(events, per_node=STEPS_SHOWN)
        return Response(
            {
                **serializers.row(execution),
                **family_of(execution),
                "document": workflows.version(execution.version_id).document,
                "forked_from": forked_from(execution_id),
                "last_seq": queries.last_seq(execution_id),
                "steps": [serializers.step(one) for one in steps],
                "calls": [serializers.step(one) for one in calls.shown(STEPS_SHOWN)],
                "costs": calls.costs,
                "late_results": [
                    serializers.late(one) for one in late_results(execution_id, steps)
                ],
            }
        )


class EventsView(APIView):
    """The log of one execution."""

    verb = "execution.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("after", int, description="The last number that is known."),
            OpenApiParameter("limit", int, description="500; at most 2,000."),
        ],
        responses=shapes.LogEventsShape,
    )
    def get(self, request: Request, execution_id: UUID) -> Response:
        """Events after a sequence number."""
        queries.get(execution_id)
        after = _whole(request, "after", 0, 2**62)
        limit = _whole(request, "limit", 500, 2_000)
        found = queries.events(execution_id, after=after, limit=limit)
        return Response(
            {
                "results": [queries.as_fact(event) for event in found],
                "last_seq": queries.last_seq(execution_id),
            }
        )


class StepItemsView(APIView):
    """The items of one step."""

    verb = "execution.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("side", str, enum=["input", "output"]),
            OpenApiParameter("port", str),
            OpenApiParameter("offset", int),
            OpenApiParameter("limit", int, description="200; at most 1,000."),
        ],
        responses=shapes.StepItemsShape,
    )
    def get(self, request: Request, execution_id: UUID, node: str, run: str) -> Response:
        """A page of what went into or came out of a step.

        With `from_node` and `from_port` only what that output gave to it.
        """
        giver = request.query_params.get("from_node"), request.query_params.get("from_port")
        found = queries.step_items(
            execution_id,
            node,
            run,
            side="input" if request.query_params.get("side") == "input" else "output",
            port=request.query_params.get("port"),
            offset=_whole(request, "offset", 0, 10_000_000),
            limit=_whole(request, "limit", 200, 1_000),
            giver=(giver[0], giver[1]) if giver[0] and giver[1] else None,
        )
        return Response(serializers.step_items(found))


class CancelView(APIView):
    """Ends an execution."""

    verbs: ClassVar = {"POST": "execution.cancel"}

    @extend_schema(request=None, responses={202: AcceptedShape})
    def post(self, request: Request, execution_id: UUID) -> Response:
        """Ask for the end; from now on no step starts."""
        actions.cancel(actor_of(request), execution_id)
        return Response({"execution": str(execution_id)}, status=202)


def _version(actor: Actor, workflow_id: UUID, number: int | None) -> VersionRef:
    if number is not None:
        return workflows.numbered(workflow_id, number).ref
    return workflow_actions.freeze_draft(actor, workflow_id).ref


def _wait(execution_id: UUID, seconds: float) -> dict[str, Any] | None:
    """Look until the execution has an answer or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        told = queries.answer(execution_id)
        if told is not None:
            return told
        time.sleep(LOOK_EVERY_S)
    return None


def _result(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": told["status"],
        "result": told["items"],
        "error": told["error"],
        "reply": told["reply"],
    }


def _whole(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 20 else default


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


class PreviewView(APIView):
    """Shows what a parameter would be for a real item."""

    verb = "expression.preview"

    @extend_schema(request=serializers.PreviewInput, responses=shapes.PreviewShape)
    def post(self, request: Request) -> Response:
        """Evaluate one parameter by the evaluator that runs use."""
        data = serializers.PreviewInput.read(request)
        document = data.get("document")
        if document is None and "workflow" in data:
            document = workflows.draft(data["workflow"]).document
        items = data.get("items")
        asked = Preview(
            value=data["value"],
            document=document if isinstance(document, dict) else {},
            node=data.get("node", ""),
            now=database_now(),
            execution=data.get("execution"),
            items=serializers.items_of(items) if items is not None else None,
            item_index=data.get("item_index", 0),
        )
        if asked.execution is not None:
            queries.get(asked.execution)
        return Response(evaluate(asked))


class ReferenceView(APIView):
    """What expressions can do, for completion in the editor."""

    verb = "expression.preview"

    @extend_schema(responses=shapes.WordsShape)
    def get(self, request: Request) -> Response:
        """Names, functions and methods with help and an example."""
        del request
        return Response({"results": reference()})
