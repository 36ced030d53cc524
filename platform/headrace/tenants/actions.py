"""Writes of the tenants app: making tenants, moving them forward, taking them away."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from headrace.tenants import hosts, queries, schemas
from headrace.tenants.checks import check_tables
from headrace.tenants.context import PUBLIC_SCHEMA, TenantRef, public, tenant
from headrace.tenants.digest import migrations_digest
from headrace.tenants.errors import InvalidSlug, SlugTaken, TenantNotFound
from headrace.tenants.ids import new_id
from headrace.tenants.models import Domain, SchemaState, Tenant

logger = logging.getLogger(__name__)

MIGRATION_LOCK: Final = 0x48454144
"""One process migrates at a time; the number is arbitrary but must never change."""

_SLUG: Final = re.compile(r"[a-z]([a-z0-9-]{0,38}[a-z0-9])?")


def create_tenant(slug: str, name: str = "") -> TenantRef:
    """Make a tenant with its schema and host name; on any failure nothing is left behind.

    Takes its place in the caller's transaction, so that what belongs to it can join in.

    Raises:
        InvalidSlug: it cannot be part of a host name.
        SlugTaken: another tenant has it.
    """
    if not _SLUG.fullmatch(slug):
        raise InvalidSlug(slug)
    ref = TenantRef(new_id(), slug, "t_" + slug.replace("-", "_"))
    with public(), transaction.atomic():
        if Tenant.objects.filter(schema_name=ref.schema).exists():
            raise SlugTaken(slug)
        row = Tenant(id=ref.id, slug=slug, name=name or slug, schema_name=ref.schema)
        row.save()
        Domain.objects.create(domain=f"{slug}.{settings.HEADRACE_BASE_HOST}", tenant=row)
        schemas.build(ref)
        transaction.on_commit(hosts.directory.forget)
    return ref


def delete_tenant(ref: TenantRef) -> None:
    """Drop a tenant with all its rows. There is no way back."""
    with public(), transaction.atomic():
        schemas.drop(ref)
        SchemaState.objects.filter(schema=ref.schema).delete()
        Tenant.objects.filter(id=ref.id).delete()
        transaction.on_commit(hosts.directory.forget)


def suspend_tenant(ref: TenantRef) -> None:
    """Stop serving a tenant; its rows stay.

    Raises:
        TenantNotFound: it is gone or suspended already.
    """
    with public():
        changed = Tenant.objects.filter(id=ref.id, suspended_at=None).update(suspended_at=Now())
    if not changed:
        raise TenantNotFound
    hosts.directory.forget()


def migrate_shared() -> None:
    """Bring the shared schema to the state of this code; no work when it is there."""
    with public(), _migration_lock():
        if not schemas.is_current():
            schemas.upgrade()


def migrate_tenants(only: Sequence[TenantRef] | None = None) -> dict[str, Exception]:
    """Bring tenants to the state of this code, each for itself (T-026).

    Returns:
        The failures by slug; the other tenants are done.
    """
    failures: dict[str, Exception] = {}
    with public(), _migration_lock():
        states = schemas.states()
        for ref in queries.all_active() if only is None else only:
            if states.get(ref.schema) == migrations_digest():
                continue
            try:
                _migrate_tenant(ref)
            except Exception as error:
                logger.exception("Tenant %s could not be migrated.", ref.slug)
                failures[ref.slug] = error
    hosts.directory.forget()
    return failures


def is_migrated() -> bool:
    """Are the shared schema and all tenants at the state of this code?"""
    states = schemas.states()
    if states.get(PUBLIC_SCHEMA) != migrations_digest():
        return False
    return all(states.get(ref.schema) == migrations_digest() for ref in queries.all_active())


def _migrate_tenant(ref: TenantRef) -> None:
    with tenant(ref):
        schemas.upgrade()
    check_tables([ref])


@contextmanager
def _migration_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATION_LOCK])
