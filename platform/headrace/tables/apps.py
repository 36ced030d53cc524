"""Registers the tables app, whose rows live in each tenant's schema."""

from __future__ import annotations

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Tables of a tenant."""

    name = "headrace.tables"
    label = "tables"
