"""Addresses of the executions API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.executions import control_views, cost_views, dashboard_views, views
from headrace.executions.derivation import views as derivation

urlpatterns = [
    path("workflows/<uuid:workflow_id>/run/", views.RunView.as_view()),
    path("dashboard/", dashboard_views.DashboardView.as_view()),
    path("executions/bulk/", derivation.BulkView.as_view()),
    path("executions/", views.ExecutionsView.as_view()),
    path("executions/<uuid:execution_id>/", views.ExecutionView.as_view()),
    path("executions/<uuid:execution_id>/events/", views.EventsView.as_view()),
    path("executions/<uuid:execution_id>/cost/", cost_views.CostView.as_view()),
    path(
        "executions/<uuid:execution_id>/steps/<str:node>/<str:run>/",
        views.StepItemsView.as_view(),
    ),
    path("expressions/preview/", views.PreviewView.as_view()),
    path("expressions/reference/", views.ReferenceView.as_view()),
    path("executions/<uuid:execution_id>/cancel/", views.CancelView.as_view()),
    path("workflows/<uuid:workflow_id>/stale/", derivation.StaleView.as_view()),
    path(
        "executions/<uuid:execution_id>/compare/<uuid:other_id>/",
        derivation.CompareView.as_view(),
    ),
    path("executions/<uuid:execution_id>/fork/", derivation.ForkView.as_view()),
    path("executions/<uuid:execution_id>/pause/", control_views.PauseView.as_view()),
    path("executions/<uuid:execution_id>/resume/", control_views.ResumeView.as_view()),
    path("executions/<uuid:execution_id>/retry/", control_views.RetryView.as_view()),
    path("executions/<uuid:execution_id>/decide/", control_views.DecideView.as_view()),
]
