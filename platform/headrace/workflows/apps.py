"""Registers the workflows app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Drafts, revisions and versions."""

    name = "headrace.workflows"
    label = "workflows"
