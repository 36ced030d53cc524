"""Addresses of the credentials API."""

from __future__ import annotations

from django.urls import path

from headrace.credentials import views

urlpatterns = [
    path("credentials/", views.CredentialsView.as_view()),
    path("credentials/authorizations/", views.AuthorizationsView.as_view()),
    path("credentials/<uuid:credential_id>/", views.CredentialView.as_view()),
    path("credentials/<uuid:credential_id>/connect/", views.ConnectView.as_view()),
    path("credentials/<uuid:credential_id>/sharing/", views.SharingView.as_view()),
    path("credentials/<uuid:credential_id>/test/", views.CredentialTestView.as_view()),
]
