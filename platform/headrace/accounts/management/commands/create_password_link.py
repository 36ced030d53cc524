"""`manage.py create_password_link --email E`: for somebody who forgot theirs and gets no mail."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.accounts.passwords import create_link
from headrace.tenants.context import tenant as working_for
from headrace.tenants.queries import named_or_only
from headrace_sdk.errors import HeadraceError


class Command(BaseCommand):
    """The link works once, for half an hour."""

    help = "Make a link by which a member sets another password, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, where."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--tenant", help="Slug; may be left out where there is one tenant.")

    def handle(self, *, email: str, tenant: str | None, **options: Any) -> None:
        """Make it and print nothing else."""
        del options
        try:
            with working_for(named_or_only(tenant)):
                link = create_link(email)
        except HeadraceError as error:
            raise CommandError(error.message) from error
        self.stdout.write(link)
