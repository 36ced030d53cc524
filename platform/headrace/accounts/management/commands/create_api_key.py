"""`manage.py create_api_key --email E`: a key for scripts, printed once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.accounts import actions, queries
from headrace.tenants.context import tenant as working_for
from headrace.tenants.queries import named_or_only
from headrace_sdk.errors import HeadraceError


class Command(BaseCommand):
    """The key acts for the member, within the scopes."""

    help = "Make an API key for a member and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, where, and for what."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--tenant", help="Slug; may be left out where there is one tenant.")
        parser.add_argument("--name", default="command line")
        parser.add_argument(
            "--scopes", nargs="+", help="Rights, such as workflow.run; default all."
        )

    def handle(
        self, *, email: str, tenant: str | None, name: str, scopes: list[str] | None, **options: Any
    ) -> None:
        """Make it and print nothing else."""
        del options
        try:
            with working_for(named_or_only(tenant)):
                owner = queries.actor_by_email(email)
                _, text = actions.create_api_key(owner, name, scopes=scopes)
        except HeadraceError as error:
            raise CommandError(error.message) from error
        self.stdout.write(text)
