"""Registers the chats app, whose table lives in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class ChatsConfig(AppConfig):
    """Chats."""

    name = "headrace.chats"
    label = "chats"
