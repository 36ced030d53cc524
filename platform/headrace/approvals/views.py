"""The API of approvals: look, approve, reject, hand over."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.approvals import actions, bulk, handing, queries
from headrace.approvals.serializers import (
    ApprovalInput,
    ApprovalShape,
    BulkInput,
    BulkShape,
    DecisionInput,
    HandOverInput,
    shown,
    told,
)
from headrace.approvals.types import Decision

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
    decision: ClassVar[Decision]
    form: ClassVar[type[DecisionInput]] = DecisionInput

    def _decide(self, request: Request, approval_id: UUID) -> Response:
        actor = actor_of(request)
        given = self.form.read(request)
        corrections = given.get("corrections")
        row = actions.decide(actor, approval_id, self.decision, given["reason"], corrections)
        return Response(shown(actor, row))


class ApproveView(DecisionView):
    """`approvals/{id}/approve/`."""

    decision = "approved"
    form = ApprovalInput

    @extend_schema(request=ApprovalInput, responses=ApprovalShape)
    def post(self, request: Request, approval_id: UUID) -> Response:
        """Approve, with corrections; 409 `approval_decided` when it is not open any more."""
        return self._decide(request, approval_id)


class RejectView(DecisionView):
    """`approvals/{id}/reject/`."""

    decision = "rejected"

    @extend_schema(request=DecisionInput, responses=ApprovalShape)
    def post(self, request: Request, approval_id: UUID) -> Response:
        """Reject, with a reason; 409 `approval_decided` when it is not open any more."""
        return self._decide(request, approval_id)


class BulkDecisionView(APIView):
    """`approvals/decide/`."""

    verbs: ClassVar = {"POST": "approval.decide"}

    @extend_schema(request=BulkInput, responses=BulkShape)
    def post(self, request: Request) -> Response:
        """Decide several alike that are safe for it; each is told by itself."""
        actor = actor_of(request)
        given = BulkInput.read(request)
        results = bulk.decide_all(actor, given["approvals"], given["decision"], given["reason"])
        return Response(told(results))


class HandOverView(APIView):
    """`approvals/{id}/hand-over/`."""

    verbs: ClassVar = {"POST": "approval.decide"}

    @extend_schema(request=HandOverInput, responses=ApprovalShape)
    def post(self, request: Request, approval_id: UUID) -> Response:
        """Let a member or a role decide instead; 409 `approval_decided` when it is not open."""
        actor = actor_of(request)
        row = handing.hand_over(actor, approval_id, HandOverInput.read(request)["to"])
        return Response(shown(actor, row))
