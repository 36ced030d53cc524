"""Which tenant is at work. Set only by `with tenant(...)`; nothing set means nothing may be read.

A ContextVar follows coroutines, tasks and asgiref's threads. A thread started by hand does not
inherit it and therefore reaches no database (T-001 to T-005).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from headrace.tenants.errors import NoTenant

PUBLIC_SCHEMA: Final = "public"


@dataclass(frozen=True, slots=True)
class TenantRef:
    """A tenant as everybody but this app knows it."""

    id: UUID
    slug: str
    schema: str


@dataclass(frozen=True, slots=True)
class _Public:
    """Marks that only the shared tables are meant."""

    schema: str = PUBLIC_SCHEMA


_context: ContextVar[TenantRef | _Public | None] = ContextVar("tenant", default=None)


@contextmanager
def tenant(ref: TenantRef) -> Iterator[TenantRef]:
    """Work for this tenant inside the block."""
    token = _context.set(ref)
    try:
        yield ref
    finally:
        _context.reset(token)


@contextmanager
def public() -> Iterator[None]:
    """Work with the shared tables only inside the block."""
    token = _context.set(_Public())
    try:
        yield
    finally:
        _context.reset(token)


def current() -> TenantRef:
    """The tenant at work.

    Raises:
        NoTenant: there is none, or only the shared tables are meant.
    """
    ref = _context.get()
    if not isinstance(ref, TenantRef):
        raise NoTenant
    return ref


def current_or_none() -> TenantRef | None:
    """The tenant at work, or `None`."""
    ref = _context.get()
    return ref if isinstance(ref, TenantRef) else None


def schema() -> str:
    """The schema in which names are looked up first.

    Raises:
        NoTenant: nothing was chosen; the shared tables need `with public()`.
    """
    ref = _context.get()
    if ref is None:
        raise NoTenant
    return ref.schema


def schema_or_none() -> str | None:
    """Like `schema`, but `None` where nothing was chosen."""
    ref = _context.get()
    return None if ref is None else ref.schema
