"""From the `Host` header to the tenant, remembered for a short while in this process."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from headrace.tenants.context import TenantRef, public
from headrace.tenants.digest import migrations_digest
from headrace.tenants.errors import TenantNotMigrated
from headrace.tenants.models import SchemaState, Tenant

REMEMBERED_S: Final = 30.0
MISS_REMEMBERED_S: Final = 2.0
"""Short, so that a tenant which another process just made is served at once."""

REMEMBERED_HOSTS: Final = 10_000
"""More names than this are not remembered, so that invented ones cannot fill the memory."""

_HOST: Final = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?")


def normal(host: str) -> str:
    """The name without its port, in lower case; empty when it is not a host name (T-022)."""
    match = _HOST.fullmatch(host.lower())
    return match.group(1) if match else ""


def is_for_pages(name: str) -> bool:
    """Is this the host of hosted pages, where nothing of the app is?"""
    pages = _pages_host()
    if not pages:
        return False
    return name.endswith(f".{pages}") if settings.MULTI_TENANT else name == pages


def _pages_host() -> str:
    return urlsplit(settings.HEADRACE_PAGES_URL).hostname or ""


@dataclass(frozen=True, slots=True)
class Known:
    """An answer; `ref` is `None` for a host that no tenant has."""

    ref: TenantRef | None
    until: float


class HostDirectory:
    """Answers `whose host is this?`, from memory where it can."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def find(self, name: str) -> Known | None:
        """What is remembered."""
        known = self._known.get(_slot(name))
        return known if known and known.until > time.monotonic() else None

    def learn(self, name: str) -> TenantRef | None:
        """Ask the database.

        Raises:
            TenantNotMigrated: the tenant's schema is not at the state of this code.
        """
        row = _row(name)
        if row is not None and not _is_migrated(row):
            raise TenantNotMigrated(row.slug)
        ref = TenantRef(row.id, row.slug, row.schema_name) if row else None
        if len(self._known) < REMEMBERED_HOSTS:
            remembered_s = REMEMBERED_S if ref else MISS_REMEMBERED_S
            self._known[_slot(name)] = Known(ref, time.monotonic() + remembered_s)
        return ref

    def forget(self) -> None:
        """Forget everything: a tenant or one of its domains has changed."""
        self._known.clear()


directory: Final = HostDirectory()


def _slot(name: str) -> str:
    return name if settings.MULTI_TENANT or settings.HEADRACE_HOSTS else ""


def _row(name: str) -> Tenant | None:
    rows = Tenant.objects.filter(suspended_at=None).order_by("created_at", "id")
    if settings.MULTI_TENANT and is_for_pages(name):
        rows = rows.filter(slug=name.removesuffix(f".{_pages_host()}"))
    elif settings.MULTI_TENANT:
        rows = rows.filter(domains__domain=name)
    elif settings.HEADRACE_HOSTS and name not in (*settings.HEADRACE_HOSTS, _pages_host()):
        return None
    with public():
        row: Tenant | None = rows.first()
        return row


def _is_migrated(row: Tenant) -> bool:
    with public():
        state = SchemaState.objects.filter(schema=row.schema_name).first()
    return state is not None and state.digest == migrations_digest()
