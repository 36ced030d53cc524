"""django-tenants' backend with the schema taken from the ContextVar, failing closed.

It hangs on private methods of django-tenants 4.0.1: `tests/integration/tenants` proves them on
every upgrade.
"""

from __future__ import annotations

from typing import Any

from django_tenants.postgresql_backend import base

from headrace.tenants import context
from headrace.tenants.errors import StraySwitch


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc] # untyped library
    """Puts the search path right before every cursor, or refuses to give one."""

    search_path_set_schemas: list[str] | None

    @property
    def schema_name(self) -> str | None:
        """The schema at work in this context, not on this connection."""
        return context.schema_or_none()

    @schema_name.setter
    def schema_name(self, name: str | None) -> None:
        """Taken by django-tenants' constructor, and of no effect."""

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Refused: a connection is shared by coroutines of several tenants."""
        del tenant, include_public
        raise StraySwitch

    def set_schema_to_public(self) -> None:
        """Nothing to do: without a context there is no schema at all."""

    def _cursor(self, name: str | None = None) -> Any:
        context.schema()
        return super()._cursor(name)

    def _handle_search_path(self, cursor: Any = None) -> None:
        # django-tenants forgets `search_path_set_schemas` when the database may have undone the
        # SET: on close, rollback and rollback to a savepoint. Until then it need not be repeated.
        known = self.search_path_set_schemas
        if known and known[0] == context.schema():
            return
        self.search_path_set_schemas = None
        super()._handle_search_path(cursor)
