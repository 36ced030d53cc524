"""Registers the egress app; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class EgressConfig(AppConfig):
    """Outgoing connections."""

    name = "headrace.egress"
    label = "egress"
