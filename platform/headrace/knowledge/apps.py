"""Registers the knowledge app, whose rows live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """What a tenant knows."""

    name = "headrace.knowledge"
    label = "knowledge"
