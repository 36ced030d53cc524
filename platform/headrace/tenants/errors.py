"""What can go wrong with tenants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class NoTenant(HeadraceError):
    """No tenant is at work here."""

    code = "no_tenant"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("No tenant is at work here. Wrap the call in `with tenant(...)`.")


class WrongTenant(HeadraceError):
    """Something that was read or made for one tenant is used for another."""

    code = "wrong_tenant"
    status: ClassVar[int] = 404

    def __init__(self, made_for: str, used_for: str | None) -> None:
        super().__init__(
            f"This belongs to schema {made_for} and cannot be used for {used_for or 'no tenant'}."
        )


class StraySwitch(HeadraceError):
    """Code tried to switch the connection instead of the context."""

    code = "stray_tenant_switch"

    def __init__(self) -> None:
        super().__init__("Tenants are switched by `with tenant(...)` only, not on a connection.")


class InvalidSlug(HeadraceError):
    """The slug cannot be part of a host name."""

    code = "invalid_slug"
    status: ClassVar[int] = 422

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"{slug!r} cannot be a tenant's slug: use 1 to 40 lower-case letters, digits and "
            "hyphens, beginning with a letter and not ending with a hyphen."
        )


class SlugTaken(HeadraceError):
    """Another tenant has this slug."""

    code = "slug_taken"
    status: ClassVar[int] = 409

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is already a tenant {slug!r}. Choose another slug.")


class TenantNotFound(HeadraceError):
    """There is no such tenant, or it is suspended."""

    code = "tenant_not_found"
    status: ClassVar[int] = 404

    def __init__(self, choices: Sequence[str] = ()) -> None:
        hint = f" Choose one of {', '.join(choices)}." if choices else ""
        super().__init__(f"There is no such tenant.{hint}")


class TenantNotMigrated(HeadraceError):
    """The tenant's schema is older or newer than this code (T-007)."""

    code = "tenant_not_migrated"
    status: ClassVar[int] = 503

    def __init__(self, slug: str) -> None:
        super().__init__(f"Tenant {slug} is being upgraded. Try again in a moment.")


class SchemaMismatch(HeadraceError):
    """A schema does not hold the tables that it must hold."""

    code = "schema_mismatch"


class DatabaseUnavailable(HeadraceError):
    """PostgreSQL does not answer."""

    code = "database_unavailable"
    status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__("The database does not answer. Try again in a moment.")
