"""Packages over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.plugins import actions, queries
from headrace.plugins.serializers import PluginShape, PluginsShape, SwitchInput, TypesOffShape


class PluginsView(APIView):
    """`GET plugins/`."""

    verbs: ClassVar = {"GET": "plugin.view"}

    @extend_schema(responses=PluginsShape)
    def get(self, request: Request) -> Response:
        """Every installed package, broken ones included."""
        del request
        workers = asdict(queries.workers())
        return Response({"results": queries.every(), "next": None, "workers": workers})


class TypesOffView(APIView):
    """`GET node-types-off/`."""

    verbs: ClassVar = {"GET": "catalog.view"}

    @extend_schema(responses=TypesOffShape)
    def get(self, request: Request) -> Response:
        """The node types of packages that are switched off, for everybody who draws."""
        del request
        return Response({"types": queries.types_off()})


class PluginView(APIView):
    """`GET`, `PATCH plugins/{distribution}/`."""

    verbs: ClassVar = {"GET": "plugin.view", "PATCH": "plugin.edit"}

    @extend_schema(responses=PluginShape)
    def get(self, request: Request, distribution: str) -> Response:
        """One package."""
        del request
        return Response(queries.one(distribution))

    @extend_schema(request=SwitchInput, responses=PluginShape)
    def patch(self, request: Request, distribution: str) -> Response:
        """Switch it on or off for this tenant."""
        body = SwitchInput.read(request)
        return Response(actions.switch(actor_of(request), distribution, is_on=bool(body["is_on"])))
