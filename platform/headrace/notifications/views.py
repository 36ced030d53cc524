"""A person's notifications over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import Input, actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.notifications import actions
from headrace.notifications.models import Notification
from headrace.notifications.queries import own
from headrace_sdk.notifications import URGENCIES

VIEW = "notification.view"


class NotificationShape(serializers.Serializer[Any]):
    """A note; `execution` is the run that told it."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    urgency = serializers.ChoiceField(URGENCIES)
    workflow = serializers.CharField(allow_blank=True)
    execution = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    is_read = serializers.BooleanField()


class UnreadShape(serializers.Serializer[Any]):
    """How many are unread."""

    count = serializers.IntegerField()


class ReadInput(Input):
    """`POST notifications/read/`; without `ids` all."""

    ids = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=1_000)


class NotificationsView(APIView):
    """`notifications/`."""

    verb = VIEW

    @extend_schema(
        parameters=[OpenApiParameter("unread", bool)], responses=page_of(NotificationShape)
    )
    def get(self, request: Request) -> Response:
        """One's own, newest first."""
        rows = own(actor_of(request))
        if request.query_params.get("unread") == "true":
            rows = rows.filter(read_at=None)
        return page(self, rows, _shown)


class UnreadView(APIView):
    """`notifications/unread/`."""

    verb = VIEW

    @extend_schema(responses=UnreadShape)
    def get(self, request: Request) -> Response:
        """How many of one's own are unread."""
        return Response({"count": own(actor_of(request)).filter(read_at=None).count()})


class ReadView(APIView):
    """`notifications/read/`."""

    verbs: ClassVar = {"POST": "notification.edit"}

    @extend_schema(request=ReadInput, responses=UnreadShape)
    def post(self, request: Request) -> Response:
        """Mark one's own as read; how many became so."""
        body = ReadInput.read(request)
        return Response({"count": actions.mark_read(actor_of(request), body.get("ids"))})


def _shown(row: Notification) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "text": row.text,
        "urgency": row.urgency,
        "workflow": row.workflow_name,
        "execution": str(row.execution_id) if row.execution_id else None,
        "created_at": row.created_at.isoformat(),
        "is_read": row.read_at is not None,
    }
