"""The way of signed-in people to hosted pages that are for members."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts import visits
from headrace.accounts.http import Input, actor_of
from headrace.tenants.addresses import pages_origin_of
from headrace.tenants.context import current
from headrace.triggers.gate.pages.members import PASSED_BY
from headrace.triggers.paths import is_page


class VisitInput(Input):
    """Which page, as a path with its query: `/chat/support?session=…`."""

    at = serializers.CharField(max_length=2_000)

    def validate_at(self, at: str) -> str:
        """A hosted page of this workspace, and nothing else."""
        parts = urlsplit(at)
        if parts.scheme or parts.netloc or not is_page(parts.path):
            message = "This is no form or chat. Give its path, such as /chat/support."
            raise serializers.ValidationError(message)
        return at


class VisitShape(serializers.Serializer[Any]):
    """The address that lets the person in, within a minute."""

    url = serializers.CharField()


class VisitView(APIView):
    """`POST hosted-pages/visit/`."""

    verbs: ClassVar = {"POST": "session.edit"}

    @extend_schema(request=VisitInput, responses=VisitShape)
    def post(self, request: Request) -> Response:
        """Go to a page for members as who one is signed in as."""
        parts = urlsplit(VisitInput.read(request)["at"])
        given = visits.new_pass(actor_of(request), request._request.session, parts.path)
        query = [pair for pair in parse_qsl(parts.query) if pair[0] != PASSED_BY]
        place = f"{pages_origin_of(current())}{parts.path}"
        return Response({"url": f"{place}?{urlencode([*query, (PASSED_BY, given)])}"})
