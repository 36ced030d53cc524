"""Registers the catalogue, which has no tables: what is installed is the truth."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Node types, credential types and the packages that bring them."""

    name = "headrace.catalog"
    label = "catalog"
