"""Addresses of the plugins API."""

from __future__ import annotations

from django.urls import path

from headrace.plugins import views

urlpatterns = [
    path("plugins/", views.PluginsView.as_view()),
    path("node-types-off/", views.TypesOffView.as_view()),
    path("plugins/<str:distribution>/", views.PluginView.as_view()),
]
