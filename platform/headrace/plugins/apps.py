"""Registers the plugins app, whose table lives in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class PluginsConfig(AppConfig):
    """Packages, as a tenant sees them."""

    name = "headrace.plugins"
    label = "plugins"
