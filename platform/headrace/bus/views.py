"""The API of events."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.bus import actions, queries, serializers


class EventsView(APIView):
    """The tenant's events."""

    verbs: ClassVar = {"GET": "event.view", "POST": "event.emit"}

    @extend_schema(
        parameters=[
            OpenApiParameter("type", description="Events of this type only."),
            OpenApiParameter("cursor", description="The `next` of the page before."),
        ],
        responses=page_of(serializers.EventShape),
    )
    def get(self, request: Request) -> Response:
        """A page of events, newest first; `type` narrows it to one type."""
        rows = queries.rows()
        if kind := request.query_params.get("type"):
            rows = rows.filter(kind=kind[:200])
        return page(self, rows, serializers.row, ("-position",))

    @extend_schema(request=serializers.EventInput, responses={202: serializers.EmittedShape})
    def post(self, request: Request) -> Response:
        """Emit an event; it has been delivered when the answer comes."""
        body = serializers.EventInput.read(request)
        event_id, started = actions.emit(
            actor_of(request), body["type"], body["data"], body["ordering_key"]
        )
        return Response({"id": str(event_id), "subscribers": started}, status=202)


class SettingsView(APIView):
    """Error workflow of the tenant, and how long events are kept."""

    verbs: ClassVar = {"GET": "event.view", "PUT": "tenant.edit"}

    @extend_schema(responses=serializers.SettingsShape)
    def get(self, request: Request) -> Response:
        """The settings."""
        del request
        return Response(serializers.settings_json(queries.choices()))

    @extend_schema(request=serializers.SettingsInput, responses=serializers.SettingsShape)
    def put(self, request: Request) -> Response:
        """Replace the settings."""
        body = serializers.SettingsInput.read(request)
        chosen = actions.choose(actor_of(request), **body)
        return Response(serializers.settings_json(chosen))
