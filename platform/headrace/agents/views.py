"""The API of the registry of agents."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.agents import actions, queries, serializers
from headrace.agents.reading import definition

EDIT = "agent.edit"


class AgentsView(APIView):
    """`agents/`."""

    verbs: ClassVar = {"GET": "agent.view", "POST": EDIT}

    @extend_schema(
        parameters=[
            OpenApiParameter("skill", description="Agents with this skill only."),
            OpenApiParameter("search", description="A text in name, layer, description, skills."),
        ],
        responses=serializers.AgentsShape,
    )
    def get(self, request: Request) -> Response:
        """The registry by layer and name, with live figures."""
        given = request.query_params
        found = queries.agents(skill=given.get("skill", ""), search=given.get("search", ""))
        rows = [serializers.agent_json(row) for row in found]
        return Response({"results": rows, "skills": queries.skills(), "next": None})

    @extend_schema(request=serializers.NewAgentInput, responses={201: serializers.AgentDetailShape})
    def post(self, request: Request) -> Response:
        """Make an agent: a new workflow from this form, or a profile for one that is there."""
        body = serializers.NewAgentInput.read(request)
        actor, wanted = actor_of(request), serializers.wanted(body)
        if body["workflow"] is not None:
            row = actions.adopt(actor, body["workflow"], wanted)
        else:
            row = actions.create(
                actor,
                wanted,
                model=body["model"],
                instructions=body["instructions"],
                publish=body["publish"],
            )
        return Response(serializers.detail_json(row, definition(row.id)), status=201)


class AgentView(APIView):
    """`agents/{id}/`."""

    verbs: ClassVar = {"GET": "agent.view", "PUT": EDIT, "DELETE": EDIT}

    @extend_schema(responses=serializers.AgentDetailShape)
    def get(self, request: Request, agent_id: UUID) -> Response:
        """One agent: figures, and what its published version is made of."""
        del request
        row = queries.agent(agent_id)
        return Response(serializers.detail_json(row, definition(agent_id)))

    @extend_schema(request=serializers.AgentInput, responses=serializers.AgentDetailShape)
    def put(self, request: Request, agent_id: UUID) -> Response:
        """Replace what is said of it."""
        wanted = serializers.wanted(serializers.AgentInput.read(request))
        row = actions.change(actor_of(request), agent_id, wanted)
        return Response(serializers.detail_json(row, definition(agent_id)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, agent_id: UUID) -> Response:
        """Take it from the registry; its workflow stays."""
        actions.remove(actor_of(request), agent_id)
        return Response(status=204)


class PauseAgentView(APIView):
    """`agents/{id}/pause/`."""

    verbs: ClassVar = {"POST": EDIT}

    @extend_schema(request=None, responses=serializers.AgentShape)
    def post(self, request: Request, agent_id: UUID) -> Response:
        """Begin nothing new; what it is given waits."""
        return Response(serializers.agent_json(actions.pause(actor_of(request), agent_id)))


class EnableAgentView(APIView):
    """`agents/{id}/enable/`."""

    verbs: ClassVar = {"POST": EDIT}

    @extend_schema(request=None, responses=serializers.AgentShape)
    def post(self, request: Request, agent_id: UUID) -> Response:
        """Work again, at first on what has waited."""
        return Response(serializers.agent_json(actions.enable(actor_of(request), agent_id)))
