"""`manage.py test_workflows`: runs the tests of workflows in this process; for CI."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.regression.command_line import run_all
from headrace.regression.junit import Outcome, Report, xml
from headrace.regression.types import Verdict
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.queries import all_active, by_slug
from headrace_sdk.errors import HeadraceError


class Command(BaseCommand):
    """PostgreSQL is all that it needs; exit code 1 if any test did not pass."""

    help = "Run the regression tests of workflows and print what differs."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Here `--version` is a workflow's, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Which tests, on which version, and where the report goes."""
        parser.add_argument("--workflow", help="id of a workflow; all without it", type=UUID)
        parser.add_argument("--tenant", help="slug of the tenant; needed if there are several")
        parser.add_argument("--version", choices=("draft", "active"), default="draft", dest="on")
        parser.add_argument("--junit", metavar="FILE", help="write JUnit XML there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, print, write, and fail if anything did."""
        del args
        try:
            with tenant(_owner(options["tenant"])):
                outcomes = run_all(options["workflow"], options["on"])
        except HeadraceError as error:
            raise CommandError(f"{error.code}: {error.message}", returncode=1) from error
        if options["junit"]:
            Path(options["junit"]).write_bytes(xml(outcomes))
        self._print(outcomes)
        if not Report(outcomes).is_good:
            raise CommandError("Not every test passed.", returncode=1)

    def _print(self, outcomes: list[Outcome]) -> None:
        for one in outcomes:
            took = one.result["duration_ms"]
            time = f"{took} ms" if took is not None else ""
            self.stdout.write(f"{one.verdict:<7} {one.workflow} / {one.result['name']}  {time}")
            for line in one.lines if one.verdict is not Verdict.PASSED else ():
                self.stdout.write(f"        {line}")
        report = Report(outcomes)
        counts = ", ".join(f"{report.count(one)} {one}" for one in Verdict if report.count(one))
        self.stdout.write(counts or "There are no tests.")


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
