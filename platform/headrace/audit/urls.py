"""Addresses of the audit API."""

from __future__ import annotations

from django.urls import path

from headrace.audit.views import AuditExportView, AuditView

urlpatterns = [
    path("audit/", AuditView.as_view()),
    path("audit/export/", AuditExportView.as_view()),
]
