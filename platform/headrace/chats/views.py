"""Conversations over HTTP, for those who may see executions."""

from __future__ import annotations

from dataclasses import asdict
from typing import ClassVar, Final
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.chats import actions, queries
from headrace.chats.doors import doors
from headrace.chats.models import Turn
from headrace.chats.serializers import ConversationsShape, DoorsShape, SayingInput, TurnShape
from headrace.chats.speaking import Saying, speak, who
from headrace.workflows.queries import names

MINE: Final = OpenApiParameter("mine", bool, description="Those of whoever asks.")
LIVE: Final = OpenApiParameter("live", bool, description="Of the live version, not of the draft.")
MOST: Final = 50
"""Answers that nobody has heard yet are looked for in so many turns at once."""


class DoorsView(APIView):
    """`GET workflows/{id}/chat/`."""

    verbs: ClassVar = {"GET": "execution.view"}

    @extend_schema(parameters=[LIVE], responses=DoorsShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Where the workflow can be spoken to, and how it is called."""
        found = doors(workflow_id, is_live=is_set(request, "live"))
        name = names([workflow_id])[workflow_id]
        return Response({"workflow": name, "results": [asdict(one) for one in found]})


class ChatsView(APIView):
    """`GET workflows/{id}/chats/`."""

    verbs: ClassVar = {"GET": "execution.view"}

    @extend_schema(parameters=[MINE], responses=ConversationsShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The latest conversations with a workflow."""
        mine = who(actor_of(request)) if is_set(request, "mine") else None
        found = queries.conversations(workflow_id, who=mine)
        return Response({"results": found, "next": None})


class ChatView(APIView):
    """`workflows/{id}/chats/{session}/`."""

    verbs: ClassVar = {"GET": "execution.view", "POST": "workflow.run"}

    @extend_schema(responses=page_of(TurnShape))
    def get(self, request: Request, workflow_id: UUID, session: str) -> Response:
        """The turns of one, newest first."""
        del request
        rows = queries.turns(workflow_id, session)
        actions.settle(rows.filter(reply=None)[:MOST])
        return page(self, rows, lambda turn: TurnShape(turn).data, ("-created_at", "-id"))

    @extend_schema(request=SayingInput, responses={201: TurnShape})
    def post(self, request: Request, workflow_id: UUID, session: str) -> Response:
        """Say something; the answer is in the turn once its run has ended."""
        body = SayingInput.read(request)
        saying = Saying(
            session=session,
            message=body["message"],
            key=body["key"],
            node=body["node"],
            is_live=body["live"],
            is_fresh=body["fresh"],
            file=body["file"],
        )
        turn = speak(actor_of(request), workflow_id, saying)
        (made,) = queries.with_runs(Turn.objects.filter(pk=turn.pk))
        return Response(TurnShape(made).data, status=201)


def is_set(request: Request, name: str) -> bool:
    """Is a switch of the address on?"""
    return request.query_params.get(name, "") in {"1", "true"}
