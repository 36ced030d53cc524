"""Registers the triggers app, whose tables are shared by all tenants."""

from __future__ import annotations

from django.apps import AppConfig


class TriggersConfig(AppConfig):
    """Webhook addresses and schedules of active workflows."""

    name = "headrace.triggers"
    label = "triggers"
