"""Addresses of the approvals API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.approvals import views

urlpatterns = [
    path("approvals/", views.ApprovalsView.as_view()),
    path("approvals/decide/", views.BulkDecisionView.as_view()),
    path("approvals/<uuid:approval_id>/", views.ApprovalView.as_view()),
    path("approvals/<uuid:approval_id>/approve/", views.ApproveView.as_view()),
    path("approvals/<uuid:approval_id>/reject/", views.RejectView.as_view()),
    path("approvals/<uuid:approval_id>/hand-over/", views.HandOverView.as_view()),
]
