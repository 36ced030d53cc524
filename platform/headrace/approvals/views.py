"""The API of approvals: look, approve, reject."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.approvals import actions, queries
from headrace.approvals.serializers import ApprovalShape, DecisionInput, shown

STATE = OpenApiParameter("state", str, enum=["open", "decided"])


class ApprovalsView(APIView):
    """`approvals/`."""

    verb = "approval.view"

    @extend_schema(parameters=[STATE], responses=page_of(ApprovalShape))
    def get(self, request: Request) -> Response:
        """A page of approvals, newest first."""
        actor = actor_of(request)
        rows = queries.rows(request.query_params.get("state"))
        order = ("-created_at", "-id")
        return page(self, rows, lambda row: shown(actor, queries.as_row(row)), order)


class ApprovalView(APIView):
    """`approvals/{id}/`."""

    verb = "approval.view"

    @extend_schema(responses=ApprovalShape)
    def get(self, request: Request, approval_id: UUID) -> Response:
        """One approval."""
        return Response(shown(actor_of(request), queries.approval(approval_id)))


class DecisionView(APIView):
    """What both decisions share."""

    verbs: ClassVar = {"POST": "approval.decide"}
    decision: ClassVar[Literal["approved", "rejected"]]

    def _decide(self, request: Request, approval_id: UUID) -> Response:
        actor = actor_of(request)
        reason = DecisionInput.read(request)["reason"]
        row = actions.decide(actor, approval_id, self.decision, reason)
        return Response(shown(actor, row))


class ApproveView(DecisionView):
    """`approvals/{id}/approve/`."""

    decision = "approved"

    @extend_schema(request=DecisionInput, responses=ApprovalShape)
    def post(self, request: Request, approval_id: UUID) -> Response:
        """Approve; 409 `approval_decided` when it is not open any more."""
        return self._decide(request, approval_id)


class RejectView(DecisionView):
    """`approvals/{id}/reject/`."""

    decision = "rejected"

    @extend_schema(request=DecisionInput, responses=ApprovalShape)
    def post(self, request: Request, approval_id: UUID) -> Response:
        """Reject, with a reason; 409 `approval_decided` when it is not open any more."""
        return self._decide(request, approval_id)
