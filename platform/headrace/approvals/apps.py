"""Registers the approvals app, whose table lives in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Approvals."""

    name = "headrace.approvals"
    label = "approvals"
