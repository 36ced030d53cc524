"""Reads of the tenants app: who serves which host, and which tenants there are."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings

from headrace.tenants import hosts
from headrace.tenants.context import TenantRef, public
from headrace.tenants.errors import TenantNotFound
from headrace.tenants.models import Tenant
from headrace.tenants.threads import with_live_connection


def by_host(host: str) -> TenantRef | None:
    """The tenant that a `Host` header names; in community mode the one there is.

    Answers are remembered for `hosts.REMEMBERED_S` seconds, misses for less.

    Raises:
        TenantNotMigrated: its schema is not at the state of this code.
    """
    name = hosts.normal(host)
    known = hosts.directory.find(name)
    return known.ref if known else hosts.directory.learn(name)


async def aby_host(host: str) -> TenantRef | None:
    """`by_host` for coroutines: no thread is used while the answer is remembered."""
    name = hosts.normal(host)
    known = hosts.directory.find(name)
    return known.ref if known else await _learn(name)


async def _learn(name: str) -> TenantRef | None:
    return await sync_to_async(with_live_connection(hosts.directory.learn))(name)


def serves_operators(host: str) -> bool:
    """May the operators' pages be served here? With many tenants, on the bare host only (T-020)."""
    return not settings.MULTI_TENANT or hosts.normal(host) == settings.HEADRACE_BASE_HOST


def is_for_pages(host: str) -> bool:
    """Is this the host of hosted pages, where nothing of the app is?"""
    return hosts.is_for_pages(hosts.normal(host))


def is_bare(host: str) -> bool:
    """Is this the host in front of which tenants have their names?"""
    return bool(settings.MULTI_TENANT) and hosts.normal(host) == settings.HEADRACE_BASE_HOST


def by_id(tenant_id: UUID) -> TenantRef | None:
    """An active tenant, read afresh (T-013)."""
    return _first(id=tenant_id)


def by_slug(slug: str) -> TenantRef | None:
    """An active tenant."""
    return _first(slug=slug)


def named_or_only(slug: str | None) -> TenantRef:
    """The tenant with this slug; without one, the only tenant there is.

    Raises:
        TenantNotFound: no such tenant, or several to choose from.
    """
    refs = [ref for ref in all_active() if slug in (None, ref.slug)]
    if len(refs) != 1:
        raise TenantNotFound(choices=[ref.slug for ref in refs])
    return refs[0]


def name_of(tenant_id: UUID) -> str:
    """The name for people; empty when there is no such tenant."""
    with public():
        return Tenant.objects.filter(id=tenant_id).values_list("name", flat=True).first() or ""


def named(tenant_ids: Sequence[UUID]) -> Sequence[tuple[TenantRef, str]]:
    """Those of these tenants that are active, each with its name, in the order of names."""
    with public():
        rows = Tenant.objects.filter(suspended_at=None, id__in=tenant_ids).order_by("name", "slug")
        return [(TenantRef(row.id, row.slug, row.schema_name), row.name) for row in rows]


def all_active() -> Sequence[TenantRef]:
    """Every tenant that is not suspended, oldest first."""
    with public():
        rows = Tenant.objects.filter(suspended_at=None).order_by("created_at", "id")
        return [TenantRef(row.id, row.slug, row.schema_name) for row in rows]


def _first(**match: object) -> TenantRef | None:
    with public():
        row = Tenant.objects.filter(suspended_at=None, **match).first()
    return TenantRef(row.id, row.slug, row.schema_name) if row else None
