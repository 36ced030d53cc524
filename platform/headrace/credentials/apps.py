"""Registers the credentials app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """The vault."""

    name = "headrace.credentials"
    label = "credentials"
