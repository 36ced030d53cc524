"""Registers the variables app, whose table lives in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class VariablesConfig(AppConfig):
    """Values that all workflows of a tenant read."""

    name = "headrace.variables"
    label = "variables"
