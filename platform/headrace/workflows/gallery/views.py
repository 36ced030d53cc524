"""Templates over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.catalog.queries import catalog
from headrace.workflows.gallery import serializers, shelf
from headrace.workflows.gallery.setting_up import set_up
from headrace_sdk.items import JsonObject


class TemplatesView(APIView):
    """`GET templates/`."""

    verbs: ClassVar = {"GET": "workflow.view"}

    @extend_schema(responses=serializers.TemplatesShape)
    def get(self, request: Request) -> Response:
        """Every template; `missing` are node types that are not installed."""
        del request
        return Response({"results": [_row(one) for one in shelf.every()], "next": None})


class TemplateView(APIView):
    """`GET templates/{slug}/`."""

    verbs: ClassVar = {"GET": "workflow.view"}

    @extend_schema(responses=serializers.TemplateShape)
    def get(self, request: Request, slug: str) -> Response:
        """One template with its questions and its document."""
        del request
        template = shelf.one(slug)
        questions = [
            {key: value for key, value in asdict(one).items() if key != "places"}
            for one in template.questions
        ]
        whole = {
            "description": template.description,
            "questions": questions,
            "document": template.document,
        }
        return Response({**_row(template), **whole})


class SetUpView(APIView):
    """`POST templates/{slug}/workflows/`."""

    verbs: ClassVar = {"POST": "workflow.edit"}

    @extend_schema(request=serializers.SetUpInput, responses={201: serializers.MadeShape})
    def post(self, request: Request, slug: str) -> Response:
        """A workflow of it, filled with the answers; sample data is pinned."""
        body = serializers.SetUpInput.read(request)
        row = set_up(actor_of(request), slug, body.get("answers", {}), folder=body["folder"])
        return Response({"id": str(row.id), "name": row.name}, status=201)


def _row(template: shelf.Template) -> dict[str, Any]:
    kinds = dict.fromkeys(
        str(node["type"]) for node in cast("list[JsonObject]", template.document["nodes"])
    )
    needed = dict.fromkeys(kind for one in template.questions for kind in one.types)
    return {
        "slug": template.slug,
        "title": template.title,
        "summary": template.summary,
        "category": template.category,
        "nodes": list(kinds),
        "missing": [kind for kind in kinds if catalog().find(kind) is None],
        "credentials": list(needed),
    }
