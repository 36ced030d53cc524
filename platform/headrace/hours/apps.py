"""Registers the hours app, whose table lives in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class HoursConfig(AppConfig):
    """What hours that are over came to."""

    name = "headrace.hours"
    label = "hours"
