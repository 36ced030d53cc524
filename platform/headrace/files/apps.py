"""Registers the files app, whose tables live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """File references and the blobs behind them."""

    name = "headrace.files"
    label = "files"
