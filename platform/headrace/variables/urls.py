"""Addresses of the variables API, below `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from headrace.variables import views

urlpatterns = [
    path("variables/", views.VariablesView.as_view()),
    path("variables/<uuid:variable_id>/", views.VariableView.as_view()),
]
