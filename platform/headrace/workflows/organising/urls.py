"""Addresses of the API that puts workflows in order, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.workflows.organising import views

urlpatterns = [
    path("workflow-folders/", views.FoldersView.as_view()),
    path("workflow-folders/<uuid:folder_id>/", views.FolderView.as_view()),
    path("workflow-tags/", views.TagsView.as_view()),
    path("workflow-tags/<uuid:tag_id>/", views.TagView.as_view()),
    path("workflows/bulk/", views.BulkView.as_view()),
    path("workflows/export/", views.ExportView.as_view()),
    path("workflows/import/", views.ImportView.as_view()),
    path("workflows/<uuid:workflow_id>/export/", views.ExportOneView.as_view()),
]
