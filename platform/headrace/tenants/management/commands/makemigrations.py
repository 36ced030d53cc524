"""`manage.py makemigrations`, which looks at the shared schema's history."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.makemigrations import Command as MakeMigrations

from headrace.tenants.context import public


class Command(MakeMigrations):
    """Django's command in the shared schema."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        """Write the missing migrations."""
        with public():
            super().handle(*app_labels, **options)
