"""`manage.py prepare`: migrations, the demo tenant, and a link to sign in."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from headrace.operations import actions


class Command(BaseCommand):
    """Run it before the servers start; it is quick when there is nothing to do."""

    help = "Bring the database to the state of this code and print how to sign in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How to print."""
        parser.add_argument("--json", action="store_true", help="One line of JSON.")

    def handle(self, **options: Any) -> None:
        """Prepare and report."""
        prepared = actions.prepare()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(prepared)))
            return
        self.stdout.write(f"Owner: {prepared.email}")
        if prepared.password:
            self.stdout.write(f"Password: {prepared.password}")
        self.stdout.write(f"Sign in once at {prepared.sign_in_url}")
