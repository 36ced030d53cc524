"""`manage.py migrate_schemas`: bring the shared schema and every tenant's to this code's state."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.tenants import actions, queries


class Command(BaseCommand):
    """One failing tenant does not stop the others; run it again to go on (T-026)."""

    help = "Apply missing migrations to the shared schema, then to every tenant."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which schemas."""
        parser.add_argument("--shared", action="store_true", help="The shared schema only.")
        parser.add_argument("--tenant", metavar="SLUG", help="This tenant only.")

    def handle(self, *, shared: bool, tenant: str | None, **options: Any) -> None:
        """Migrate and report."""
        del options
        if tenant is None:
            actions.migrate_shared()
        if shared:
            return
        only = None
        if tenant is not None:
            ref = queries.by_slug(tenant)
            if ref is None:
                message = f"There is no active tenant {tenant!r}."
                raise CommandError(message)
            only = [ref]
        failures = actions.migrate_tenants(only)
        for slug, error in failures.items():
            self.stderr.write(f"{slug}: {error}")
        if failures:
            message = f"{len(failures)} tenants could not be migrated."
            raise CommandError(message)
