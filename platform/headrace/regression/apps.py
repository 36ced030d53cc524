"""Registers the regression app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class RegressionConfig(AppConfig):
    """Tests of workflows."""

    name = "headrace.regression"
    label = "regression"
