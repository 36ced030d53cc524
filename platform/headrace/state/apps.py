"""Registers the state app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class StateConfig(AppConfig):
    """Shared state of executions."""

    name = "headrace.state"
    label = "state"
