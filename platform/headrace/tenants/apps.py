"""Registers the tenants app, whose tables are shared by all tenants."""

from __future__ import annotations

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    """Tenants, their domains and the state of their schemas."""

    name = "headrace.tenants"
    label = "tenants"
