"""Registers the llm app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class LlmConfig(AppConfig):
    """The models that a tenant may ask, what they cost, and who asked."""

    name = "headrace.llm"
    label = "llm"
