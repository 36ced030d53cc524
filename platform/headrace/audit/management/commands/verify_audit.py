"""`manage.py verify_audit`: prove that nobody changed the audit record."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.audit.queries import Anchor, verify
from headrace.tenants import queries
from headrace.tenants.context import TenantRef, tenant


class Command(BaseCommand):
    """Exits with 1 if any tenant's record was tampered with."""

    help = "Check the audit record of one tenant or all, and print the head of each chain."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which tenant, and what was printed before."""
        parser.add_argument("--tenant", help="Slug; every tenant without it.")
        parser.add_argument("--anchor", type=_anchor, help="A head that was printed before.")

    def handle(self, *, tenant: str | None, anchor: Anchor | None, **options: Any) -> None:
        """Check, report, and fail if anything is wrong."""
        del options
        if anchor is not None and tenant is None:
            raise CommandError("--anchor belongs to one tenant: give --tenant, too.")
        refs = [ref for ref in queries.all_active() if tenant in (None, ref.slug)]
        if not refs:
            raise CommandError("There is no such tenant.")
        broken = [ref.slug for ref in refs if not self._is_intact(ref, anchor)]
        if broken:
            raise CommandError(f"The audit record was tampered with: {', '.join(broken)}.")

    def _is_intact(self, ref: TenantRef, anchor: Anchor | None) -> bool:
        with tenant(ref):
            verdict = verify(anchor)
        for fault in verdict.faults:
            self.stderr.write(f"{ref.slug}: {fault}")
        self.stdout.write(f"{ref.slug} {verdict.head}")
        return not verdict.faults


def _anchor(text: str) -> Anchor:
    seq, _, digest = text.partition(":")
    if not seq.isdigit() or not digest:
        message = "must look like 120:ab12…, as printed by this command"
        raise argparse.ArgumentTypeError(message)
    return Anchor(int(seq), digest)
