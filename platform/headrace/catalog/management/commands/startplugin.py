"""`manage.py startplugin NAME [DIR]`: a package with a node and its test, to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.catalog.errors import CannotStart
from headrace.catalog.starting import start_plugin


class Command(BaseCommand):
    """Needs no database."""

    help = "Write a new plugin package: a node, its test and its pyproject.toml."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to call it, and where to put it."""
        parser.add_argument("name", help="such as acme; the package is headrace-plugin-acme")
        parser.add_argument("folder", nargs="?", type=Path, help="default: headrace-plugin-NAME")

    def handle(self, *, name: str, folder: Path | None, **options: Any) -> None:
        """Write it, and tell what comes next."""
        del options
        try:
            made = start_plugin(name, folder)
        except CannotStart as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{made} is ready. Next:")
        self.stdout.write(f"  pip install -e {made}      # its nodes appear in the palette")
        self.stdout.write(f"  python -m pytest {made}    # its test passes")
