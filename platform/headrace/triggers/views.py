"""The API of triggers: listening for test calls, and resuming waiting steps."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.parsers import StrictJSONParser
from headrace.accounts.permissions import ANYONE
from headrace.executions import actions as executions
from headrace.triggers import actions
from headrace.triggers.addresses import addresses
from headrace_sdk.items import JsonValue


class ListeningShape(serializers.Serializer[Any]):
    """The test addresses, the first of them alone, and until when they answer."""

    url = serializers.CharField(allow_null=True)
    urls = serializers.ListField(child=serializers.CharField())
    until = serializers.DateTimeField()


class ResumedShape(serializers.Serializer[Any]):
    """The execution that goes on."""

    execution = serializers.UUIDField()


class AddressShape(serializers.Serializer[Any]):
    """Where a trigger of the draft answers once it is published, or already (`is_live`).

    `method` is empty for hosted pages; `embed` is the line that puts such a page into another.
    """

    node = serializers.CharField()
    method = serializers.CharField(allow_blank=True)
    url = serializers.CharField()
    is_live = serializers.BooleanField()
    embed = serializers.CharField(allow_null=True)


class AddressesShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = AddressShape(many=True)
    next = serializers.CharField(allow_null=True)


class AddressesView(APIView):
    """`GET workflows/{id}/addresses/`."""

    verb = "workflow.view"

    @extend_schema(responses=AddressesShape)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """Webhooks, forms and chats of the draft."""
        base = request.build_absolute_uri("/").rstrip("/")
        return Response({"results": addresses(workflow_id, base), "next": None})


class ListenView(APIView):
    """Opens the draft's webhooks for two minutes."""

    verb = "workflow.run"

    @extend_schema(request=None, responses=ListeningShape)
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """The test addresses and until when they answer."""
        addresses, until = actions.listen(actor_of(request), workflow_id)
        first = addresses[0] if addresses else None
        return Response({"url": first, "urls": addresses, "until": until.isoformat()})


class ResumeView(APIView):
    """Lets a waiting step go on. Whoever holds the one-time token may (S-071)."""

    verb = ANYONE
    authentication_classes = ()
    parser_classes = (StrictJSONParser, FormParser)

    @extend_schema(responses={(200, "text/html"): OpenApiTypes.STR})
    def get(self, request: Request, token: str) -> HttpResponse:
        """A page with a button: link scanners that only look decide nothing (S-070)."""
        del request, token
        return HttpResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})

    @extend_schema(request=OpenApiTypes.OBJECT, responses=ResumedShape)
    def post(self, request: Request, token: str) -> Response:
        """Go on, with the body as data."""
        data = cast("JsonValue", dict(request.POST.items()) or request.data)
        execution_id = executions.resume(token, data)
        return Response({"execution": str(execution_id)})


_POLICY = "sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'"
_PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Continue</title><style>body{font:16px/1.5 system-ui;margin:15vh auto;max-width:24rem;
padding:0 1rem;text-align:center}button{font:inherit;padding:.6rem 1.4rem}</style>
<h1>A workflow is waiting</h1><p>It goes on when you press the button.</p>
<form method="post"><button>Continue</button></form></html>"""
