"""Registers the realtime app; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """The socket and the publisher."""

    name = "headrace.realtime"
    label = "realtime"
