"""Addresses of the API of tests, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.regression import views

urlpatterns = [
    path("workflows/<uuid:workflow_id>/tests/", views.WorkflowTestsView.as_view()),
    path("workflows/<uuid:workflow_id>/tests/run/", views.RunTestsView.as_view()),
    path("workflows/<uuid:workflow_id>/tests/<uuid:test_id>/", views.WorkflowTestView.as_view()),
    path(
        "workflows/<uuid:workflow_id>/test-runs/<uuid:run_id>/", views.WorkflowTestRunView.as_view()
    ),
]
