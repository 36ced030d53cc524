"""Registers the agents app, whose table lives in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """Agents."""

    name = "headrace.agents"
    label = "agents"
