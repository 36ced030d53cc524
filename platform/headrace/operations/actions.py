"""Setting up: tenants with their owners, the demo, operators."""

from __future__ import annotations

import json
import secrets
from typing import Final

from django.conf import settings
from django.db import transaction

from headrace.accounts import actions as accounts
from headrace.accounts import queries as people
from headrace.accounts.types import SYSTEM, Role
from headrace.operations.models import Operator
from headrace.operations.types import Prepared
from headrace.tenants import actions as tenants
from headrace.tenants import queries
from headrace.tenants.context import TenantRef, public, tenant
from headrace.workflows import actions as workflows

DEMO_SLUG: Final = "demo"
DEMO_OWNER: Final = "demo@headrace.local"


def prepare() -> Prepared:
    """Bring the database to the state of this code and make sure that somebody can sign in.

    A database without tenants gets the demo tenant. Safe to repeat, and quick when nothing is
    missing.
    """
    migrate()
    refs = queries.all_active()
    if not refs:
        ref, password = provision(DEMO_SLUG, DEMO_OWNER, name="Demo", with_demo=True)
        return _prepared(ref, DEMO_OWNER, password, created=True)
    ref = next((ref for ref in refs if ref.slug == DEMO_SLUG), refs[0])
    with tenant(ref):
        owner = next(row for row in people.members() if row.role is Role.OWNER)
    return _prepared(ref, owner.email, None, created=False)


def migrate() -> None:
    """Apply missing migrations everywhere.

    Raises:
        Exception: the first tenant's failure, after all others are done.
    """
    if tenants.is_migrated():
        return
    tenants.migrate_shared()
    for error in tenants.migrate_tenants().values():
        raise error


def provision(
    slug: str, owner_email: str, *, name: str = "", with_demo: bool = False
) -> tuple[TenantRef, str | None]:
    """A tenant with its owner, in one transaction: everything or nothing.

    Returns:
        The tenant, and the owner's generated password if the person is new.

    Raises:
        InvalidSlug, SlugTaken, InvalidInput: as they say.
    """
    with public(), transaction.atomic():
        ref = tenants.create_tenant(slug, name)
        with tenant(ref):
            password = _make_known(owner_email)
            accounts.add_member(SYSTEM, accounts.create_person(owner_email), Role.OWNER)
            if with_demo:
                _create_demo(owner_email)
    return ref, password


def add_operator(email: str) -> str | None:
    """Let a person into the operators' pages.

    Returns:
        A generated password if the person is new.
    """
    with public(), transaction.atomic():
        password = _make_known(email)
        Operator.objects.get_or_create(person=accounts.create_person(email))
    return password


def _make_known(email: str) -> str | None:
    """Make a person with this address unless there is one; the new one's password."""
    if people.is_known(email):
        return None
    password = secrets.token_urlsafe(15)
    accounts.create_person(email, password=password)
    return password


def _create_demo(owner_email: str) -> None:
    template = settings.ROOT / "fixtures" / "templates" / "demo.json"
    document = json.loads(template.read_text(encoding="utf-8"))
    owner = people.actor_by_email(owner_email)
    draft = workflows.create(owner, document=document)
    workflows.publish(owner, draft.row.id, note="The demo")


def _prepared(ref: TenantRef, email: str, password: str | None, *, created: bool) -> Prepared:
    with tenant(ref):
        link = accounts.create_sign_in_link(email)
    return Prepared(created, email, password, link)
