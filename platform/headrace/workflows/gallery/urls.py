"""Addresses of the templates API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.workflows.gallery import views

urlpatterns = [
    path("templates/", views.TemplatesView.as_view()),
    path("templates/<slug:slug>/", views.TemplateView.as_view()),
    path("templates/<slug:slug>/workflows/", views.SetUpView.as_view()),
]
