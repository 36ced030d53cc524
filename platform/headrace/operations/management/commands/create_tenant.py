"""`manage.py create_tenant SLUG --owner EMAIL`: a tenant that its owner can sign in to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from headrace.accounts.actions import create_sign_in_link
from headrace.operations import actions
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import tenant
from headrace_sdk.errors import HeadraceError


class Command(BaseCommand):
    """Everything or nothing: a failure leaves no schema and no rows."""

    help = "Provision a tenant with its schema, host name and owner."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which tenant, whose."""
        parser.add_argument("slug", help="Part of the host name: <slug>.<base host>.")
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--name", default="", help="For people; the slug without it.")

    def handle(self, *, slug: str, owner: str, name: str, **options: Any) -> None:
        """Provision and print how the owner signs in."""
        del options
        try:
            ref, password = actions.provision(slug, owner, name=name)
        except HeadraceError as error:
            raise CommandError(error.message) from error
        with tenant(ref):
            link = create_sign_in_link(owner)
        self.stdout.write(f"Tenant {slug} is at {origin_of(ref)}/app/.")
        if password:
            self.stdout.write(f"Password of {owner}: {password}")
        self.stdout.write(f"Sign in once at {link}")
