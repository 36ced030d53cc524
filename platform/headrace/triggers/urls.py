"""Addresses of the triggers API, below `/api/v1/`, and of waiting steps, at the root."""

from __future__ import annotations

from django.urls import path

from headrace.triggers import views

urlpatterns = [
    path("workflows/<uuid:workflow_id>/addresses/", views.AddressesView.as_view()),
    path("workflows/<uuid:workflow_id>/listen/", views.ListenView.as_view()),
]
root_urlpatterns = [
    path("resume/<str:token>", views.ResumeView.as_view()),
]
