"""Registers the accounts app, whose tables are shared by all tenants."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and what they may do."""

    name = "headrace.accounts"
    label = "accounts"
