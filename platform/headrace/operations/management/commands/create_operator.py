"""`manage.py create_operator EMAIL`: let somebody into `/admin/`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.operations import actions
from headrace_sdk.errors import HeadraceError


class Command(BaseCommand):
    """Operators run the installation; they are members of no tenant by that."""

    help = "Let a person into the operators' pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        """Add them, and print a new person's password."""
        del options
        try:
            password = actions.add_operator(email)
        except HeadraceError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{email} is an operator.")
        if password:
            self.stdout.write(f"Password: {password}")
