"""Registers the audit app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit record."""

    name = "headrace.audit"
    label = "audit"
