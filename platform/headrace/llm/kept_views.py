"""The API of the cache of answers: people see what is kept, and have it forgotten."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.llm import kept, serializers


class KeptAnswersView(APIView):
    """`llm/kept/`."""

    verbs: ClassVar = {"GET": "llm.view", "DELETE": "llm.edit"}

    @extend_schema(responses=page_of(serializers.KeptAnswerShape))
    def get(self, request: Request) -> Response:
        """Answers that may be given again, newest first."""
        del request
        return page(self, kept.alive(), serializers.kept_json, ("-created_at", "-id"))

    @extend_schema(responses=serializers.ForgottenAnswersShape)
    def delete(self, request: Request) -> Response:
        """Forget all of them."""
        return Response({"forgotten": kept.forget_all(actor_of(request))})


class KeptAnswerView(APIView):
    """`llm/kept/{id}/`."""

    verbs: ClassVar = {"DELETE": "llm.edit"}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, answer_id: UUID) -> Response:
        """Forget it: whoever asks next asks the model."""
        kept.forget(actor_of(request), answer_id)
        return Response(status=204)
