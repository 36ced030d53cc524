"""Addresses of the workflows API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import include, path

from headrace.workflows import history_views, views

urlpatterns = [
    path("", include("headrace.workflows.organising.urls")),
    path("", include("headrace.workflows.gallery.urls")),
    path("workflows/", views.WorkflowsView.as_view()),
    path("workflows/validate/", views.ValidateView.as_view()),
    path("workflows/<uuid:workflow_id>/", views.WorkflowView.as_view()),
    path("workflows/<uuid:workflow_id>/activate/", views.ActivateView.as_view()),
    path("workflows/<uuid:workflow_id>/deactivate/", views.DeactivateView.as_view()),
    path("workflows/<uuid:workflow_id>/history/", history_views.HistoryView.as_view()),
    path("workflows/<uuid:workflow_id>/history/<str:ref>/", history_views.EntryView.as_view()),
    path(
        "workflows/<uuid:workflow_id>/history/<str:ref>/restore/",
        history_views.RestoreEntryView.as_view(),
    ),
    path("workflows/<uuid:workflow_id>/versions/", views.VersionsView.as_view()),
    path("workflows/<uuid:workflow_id>/versions/<int:number>/", views.VersionView.as_view()),
    path(
        "workflows/<uuid:workflow_id>/versions/<int:number>/restore/",
        views.RestoreView.as_view(),
    ),
]
