"""Registers the outbox app, whose tables are shared by all tenants."""

from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages that wait to leave, and those that never could."""

    name = "headrace.outbox"
    label = "outbox"
