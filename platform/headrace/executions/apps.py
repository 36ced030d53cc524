"""Registers the executions app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class ExecutionsConfig(AppConfig):
    """Executions, their log and their inbox."""

    name = "headrace.executions"
    label = "executions"
