"""Registers the notifications app, whose rows live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications of members."""

    name = "headrace.notifications"
    label = "notifications"
