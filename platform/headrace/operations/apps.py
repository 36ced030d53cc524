"""Registers the operations app, whose tables are shared."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operators and their pages."""

    name = "headrace.operations"
    label = "operations"
