"""`manage.py run_workflow FILE`: runs a workflow document and prints what its last nodes gave."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from headrace.executions.command_line import run_document
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.queries import all_active, by_slug
from headrace_sdk import strict_json
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import Item


class Command(BaseCommand):
    """Runs in this process; PostgreSQL is all that it needs."""

    help = "Run a workflow document and print the items of its last nodes as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, --input and --tenant."""
        parser.add_argument("file", help="a workflow document, or - for standard input")
        parser.add_argument("--input", help="JSON: an item or a list of items; - for stdin")
        parser.add_argument("--tenant", help="slug of the tenant; needed if there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it; exit 1 with the error on standard error if it fails."""
        del args
        try:
            document = strict_json.loads(_read(options["file"]))
            if not isinstance(document, dict):
                message = "A workflow document is a JSON object."
                raise CommandError(message)
            items = _items(options["input"])
            with tenant(_owner(options["tenant"])):
                outputs = run_document(document, items)
        except HeadraceError as error:
            for problem in getattr(error, "problems", ()):
                self.stderr.write(f"{problem.path}: {problem.message}")
            raise CommandError(f"{error.code}: {error.message}", returncode=1) from error
        self.stdout.write(strict_json.dumps(outputs).decode())


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def _items(name: str | None) -> list[Item] | None:
    if name is None:
        return None
    value = strict_json.loads(_read(name))
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) for one in values):
        message = "The input is an object or a list of objects."
        raise CommandError(message)
    return [Item(one) for one in values if isinstance(one, dict)]


def _owner(slug: str | None) -> TenantRef:
    if slug is not None:
        found = by_slug(slug)
        if found is None:
            raise CommandError(f"There is no tenant {slug!r}.")
        return found
    tenants = all_active()
    if len(tenants) != 1:
        raise CommandError("There are several tenants or none. Name one with --tenant.")
    return tenants[0]
