"""Addresses of the credentials API."""

from __future__ import annotations

from django.urls import path

from headrace.credentials.views import CredentialsView, CredentialView

urlpatterns = [
    path("credentials/", CredentialsView.as_view()),
    path("credentials/<uuid:credential_id>/", CredentialView.as_view()),
]
