"""`manage.py generate`: write every file that is derived from the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from headrace.operations.generated import files


class Command(BaseCommand):
    """Needs no database."""

    help = "Write the OpenAPI document, the catalogue and the lists shared with the front end."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Write what changed."""
        del options
        for path, content in files():
            target = settings.ROOT / path
            if target.is_file() and target.read_text(encoding="utf-8") == content:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")
            self.stdout.write(f"{path}")
