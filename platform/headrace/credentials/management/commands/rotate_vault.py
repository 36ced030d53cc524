"""`manage.py rotate_vault`: bring every tenant's keys under the current master key."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from headrace.credentials import actions, queries
from headrace.tenants import queries as tenants
from headrace.tenants.context import tenant


class Command(BaseCommand):
    """Run it after a new HEADRACE_VAULT_KEY, with the old one in HEADRACE_VAULT_OLD_KEYS.

    It may be stopped and run again. An old key may go once no row needs it.
    """

    help = "Wrap all tenants' keys by the current master key, and say which keys are in use."

    def add_arguments(self, parser: CommandParser) -> None:
        """How deep."""
        parser.add_argument(
            "--tenant-keys", action="store_true", help="Also give every tenant a new key."
        )

    def handle(self, *, tenant_keys: bool, **options: Any) -> None:
        """Rotate tenant by tenant."""
        del options
        in_use: Counter[str] = Counter()
        written = 0
        for ref in tenants.all_active():
            with tenant(ref):
                written += actions.rotate(new_tenant_key=tenant_keys)
                in_use += queries.key_ids_in_use()
        self.stdout.write(f"{written} rows written.")
        for key_id, count in sorted(in_use.items()):
            self.stdout.write(f"Master key {key_id}: {count} tenant keys.")
