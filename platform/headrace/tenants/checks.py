"""Proves that every schema has its own tables: one that lacks is read from `public` (T-007)."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import apps
from django.conf import settings
from django.db import connection

from headrace.tenants.context import PUBLIC_SCHEMA, TenantRef, public
from headrace.tenants.errors import SchemaMismatch


def tables_of(app_names: Sequence[str]) -> set[str]:
    """The tables of the models of some apps, join tables included."""
    wanted = set(app_names)
    configs = [config for config in apps.get_app_configs() if config.name in wanted]
    return {
        model._meta.db_table
        for config in configs
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def check_tables(refs: Sequence[TenantRef]) -> None:
    """Compare what these tenants' schemas and the shared one hold with what they must hold.

    Raises:
        SchemaMismatch: a table is missing, or stands in both.
    """
    shared, own = tables_of(settings.SHARED_APPS), tables_of(settings.TENANT_APPS)
    both = shared & own
    if both:
        message = f"Shared and tenants' apps must be disjoint, but both have {sorted(both)}."
        raise SchemaMismatch(message)
    for name, expected in [(PUBLIC_SCHEMA, shared), *((ref.schema, own) for ref in refs)]:
        _compare(name, expected, forbidden=own if name == PUBLIC_SCHEMA else shared)


def _compare(name: str, expected: set[str], forbidden: set[str]) -> None:
    with public(), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s", [name])
        found = {table for (table,) in cursor.fetchall()}
    missing, misplaced = expected - found, found & forbidden
    if missing or misplaced:
        message = (
            f"Schema {name} lacks {sorted(missing)} and must not hold {sorted(misplaced)}. "
            "Run `manage.py migrate_schemas`."
        )
        raise SchemaMismatch(message, facts={"schema": name})
