"""The catalogue over HTTP."""

from __future__ import annotations

from typing import Any, ClassVar

from asgiref.sync import async_to_sync
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.catalog import queries
from headrace.catalog.options import options_of
from headrace.catalog.serializers import (
    OptionsInput,
    OptionsShape,
    UpgradeInput,
    UpgradeShape,
)
from headrace.catalog.upgrades import upgrade_of


class NodesView(APIView):
    """`GET nodes/`."""

    verbs: ClassVar = {"GET": "catalog.view"}

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> HttpResponse:
        """The whole palette. It changes with installations only: ask with `If-None-Match`."""
        body, digest = queries.catalog_body()
        etag = f'"{digest}"'
        if request.headers.get("If-None-Match") == etag:
            answer = HttpResponse(status=304)
        else:
            answer = HttpResponse(body, content_type="application/json")
        answer.headers["ETag"] = etag
        answer.headers["Cache-Control"] = "private, no-cache"
        return answer


class NodeView(APIView):
    """`GET nodes/{type}/`."""

    verbs: ClassVar = {"GET": "catalog.view"}

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, kind: str) -> Response:
        """One node type."""
        del request
        return Response(queries.spec(kind))


class OptionsView(APIView):
    """`POST nodes/{type}/options/{param}/`."""

    verbs: ClassVar = {"POST": "node.options"}

    @extend_schema(request=OptionsInput, responses=OptionsShape)
    def post(self, request: Request, kind: str, parameter: str) -> Response:
        """What a parameter may be, given the credentials and the other parameters."""
        body: dict[str, Any] = OptionsInput.read(request)
        found = async_to_sync(options_of)(
            actor_of(request), kind, parameter, body["params"], body["credentials"]
        )
        return Response({"options": found})


class UpgradeView(APIView):
    """`POST nodes/{type}/upgrade/`."""

    verbs: ClassVar = {"POST": "catalog.view"}

    @extend_schema(request=UpgradeInput, responses=UpgradeShape)
    def post(self, request: Request, kind: str) -> Response:
        """What a node of an older version would become. Nothing is changed."""
        node_class = queries.catalog().by_type(kind)
        body: dict[str, Any] = UpgradeInput.read(request)
        return Response(upgrade_of(node_class, body["version"], body["params"]))


class CredentialTypesView(APIView):
    """`GET credential-types/`."""

    verbs: ClassVar = {"GET": "catalog.view"}

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """Every credential type with its form."""
        del request
        return Response(queries.credential_types_json())
