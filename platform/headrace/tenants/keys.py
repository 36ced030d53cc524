"""Names for everything outside the database: each begins with the tenant's id (T-014 to T-016)."""

from __future__ import annotations

from uuid import UUID

from headrace.tenants.context import current, current_or_none, schema


def key(*parts: object) -> str:
    """A cache, lock or Redis key: `t:<uuid>:a:b`.

    Raises:
        NoTenant: no tenant is at work.
    """
    return ":".join(["t", str(current().id), *map(str, parts)])


def group(*parts: object) -> str:
    """A channel group, ASCII and below 100 characters: `t.<uuid hex>.a.b`.

    Raises:
        NoTenant: no tenant is at work.
    """
    return ".".join(["t", current().id.hex, *(_plain(part) for part in parts)])


def cache_key(name: str, prefix: str, version: int) -> str:
    """Django's `KEY_FUNCTION`: the same name is another entry in another tenant.

    Raises:
        NoTenant: neither a tenant nor the shared tables were chosen.
    """
    ref = current_or_none()
    owner = f"t:{ref.id}" if ref else schema()
    return f"{owner}:cache:{prefix}:{version}:{name}"


def _plain(part: object) -> str:
    return part.hex if isinstance(part, UUID) else str(part)
