"""Addresses of the catalogue's API."""

from __future__ import annotations

from django.urls import path

from headrace.catalog import views

urlpatterns = [
    path("nodes/", views.NodesView.as_view()),
    path("nodes/<str:kind>/", views.NodeView.as_view()),
    path("nodes/<str:kind>/options/<str:parameter>/", views.OptionsView.as_view()),
    path("nodes/<str:kind>/upgrade/", views.UpgradeView.as_view()),
    path("credential-types/", views.CredentialTypesView.as_view()),
]
