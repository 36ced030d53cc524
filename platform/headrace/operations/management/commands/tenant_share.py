"""`manage.py tenant_share SLUG …`: how large a tenant's part of the workers is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.executions.sharing import set_share
from headrace.tenants.queries import by_slug


class Command(BaseCommand):
    """Takes effect with the next claim."""

    help = "Say how many executions of a tenant run at once, and how large its part is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and what."""
        parser.add_argument("slug")
        parser.add_argument("--concurrency", help="A number, or: default.")
        parser.add_argument("--weight", type=float, help="2 is twice as much as others get.")

    def handle(
        self, *, slug: str, concurrency: str | None, weight: float | None, **options: Any
    ) -> None:
        """Set what is given; print what holds."""
        del options
        owner = by_slug(slug)
        if owner is None:
            message = f"There is no tenant {slug!r}."
            raise CommandError(message)
        try:
            share = set_share(owner, concurrency, weight)
        except ValueError as error:
            raise CommandError(str(error)) from error
        limit = share.concurrency or "the default"
        self.stdout.write(f"{slug}: concurrency {limit}, weight {share.weight:g}")
