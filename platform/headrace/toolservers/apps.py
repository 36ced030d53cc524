"""Registers the tool servers; the one table is that of the files they keep."""

from __future__ import annotations

from django.apps import AppConfig


class ToolServersConfig(AppConfig):
    """Tools for models and workflows, by the Model Context Protocol."""

    name = "headrace.toolservers"
    label = "toolservers"
