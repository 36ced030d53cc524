"""`manage.py rebuild_queue [--tenant SLUG]`: after a tenant was restored, or the queue was lost."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.executions.rebuilding import rebuild_queue
from headrace.tenants.queries import all_active, by_slug


class Command(BaseCommand):
    """Safe to run beside workers, and as often as one likes."""

    help = "Make the rows of the run queue again from the logs of executions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("--tenant", metavar="SLUG", help="Only this tenant; default all.")

    def handle(self, *, tenant: str | None, **options: Any) -> None:
        """Rebuild and say what was done."""
        del options
        owners = all_active() if tenant is None else [by_slug(tenant)]
        for owner in owners:
            if owner is None:
                message = f"There is no tenant {tenant!r}."
                raise CommandError(message)
            done = rebuild_queue(owner)
            self.stdout.write(
                f"{owner.slug}: {done.made} made, {done.dropped} dropped, "
                f"{done.lost} had not begun and are lost"
            )
