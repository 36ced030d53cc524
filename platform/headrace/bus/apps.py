"""Registers the bus app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class BusConfig(AppConfig):
    """Events, who wants them, and what happens when an execution has ended."""

    name = "headrace.bus"
    label = "bus"
