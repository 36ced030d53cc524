"""Addresses of the bus, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.bus import views

urlpatterns = [
    path("events/", views.EventsView.as_view()),
    path("events/settings/", views.SettingsView.as_view()),
]
