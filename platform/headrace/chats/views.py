"""Conversations over HTTP, for those who may see executions."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.chats import queries
from headrace.chats.serializers import ConversationsShape, TurnShape


class ChatsView(APIView):
    """`GET workflows/{id}/chats/`."""

    verbs: ClassVar = {"GET": "execution.view"}

    @extend_schema(responses=ConversationsShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The latest conversations with a workflow."""
        del request
        return Response({"results": queries.conversations(workflow_id), "next": None})


class ChatView(APIView):
    """`GET workflows/{id}/chats/{session}/`."""

    verbs: ClassVar = {"GET": "execution.view"}

    @extend_schema(responses=page_of(TurnShape))
    def get(self, request: Request, workflow_id: UUID, session: str) -> Response:
        """The turns of one, newest first."""
        del request
        rows = queries.turns(workflow_id, session)
        return page(self, rows, lambda turn: TurnShape(turn).data, ("-created_at", "-id"))
