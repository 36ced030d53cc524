"""Builds and upgrades schemas. Called by `actions` only.

The migrations of all apps take seconds, their statements milliseconds. So the statements are
recorded when the first schema of a migration state is built, and replayed for the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connection
from django.db.models.functions import Now
from psycopg import sql
from psycopg.errors import LockNotAvailable

from headrace.tenants.context import PUBLIC_SCHEMA, TenantRef, public, schema, tenant
from headrace.tenants.digest import migrations_digest
from headrace.tenants.models import Blueprint, SchemaState

LOCK_TIMEOUT_S: Final = 2.0
PAUSE_S: Final = 1.0
ATTEMPTS: Final = 100
"""Five minutes in all: a report that reads for longer has to be ended by somebody."""

_READS: Final = ("SELECT", "SHOW", "SET ", "SAVEPOINT", "RELEASE")


def migrate() -> None:
    """Apply every missing migration to the schema at work, and note its new state."""
    call_command(Migrate(), interactive=False, verbosity=0, skip_checks=True)
    _note_state(schema())


def upgrade() -> None:
    """`migrate` for a schema that is in use: no lock is waited for longer than `LOCK_TIMEOUT_S`.

    Whoever waits for one of a table makes everybody wait who comes later, even readers (R-046).
    What was applied before a lock was not to be had stays so, and is not applied again.

    Raises:
        OperationalError: a lock was not to be had in `ATTEMPTS` attempts.
    """
    for left in range(ATTEMPTS - 1, -1, -1):
        try:
            with _impatient():
                migrate()
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, LockNotAvailable):
                raise
            time.sleep(PAUSE_S)
        else:
            return


@contextmanager
def _impatient() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lock_timeout', %s, false)", [f"{LOCK_TIMEOUT_S}s"])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset lock_timeout")


def build(ref: TenantRef) -> None:
    """Make the schema of a new tenant, inside the caller's transaction."""
    name = sql.Identifier(ref.schema)
    with public(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("create schema {}").format(name))
        cursor.execute(
            sql.SQL(
                "create function {}.this_tenant() returns uuid language sql immutable parallel safe"
                " return {}::uuid"
            ).format(name, sql.Literal(str(ref.id)))
        )
        blueprint = Blueprint.objects.filter(pk=migrations_digest()).first()
    with tenant(ref):
        if blueprint is None:
            _migrate_and_record()
        else:
            with connection.cursor() as cursor:
                cursor.execute(blueprint.script)
            _note_state(ref.schema)


def drop(ref: TenantRef) -> None:
    """Drop a tenant's schema with everything in it."""
    with public(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(ref.schema))
        )


def states() -> dict[str, str]:
    """The migration digest of every schema that was ever migrated; empty in a new database."""
    with public(), connection.cursor() as cursor:
        cursor.execute("select to_regclass('public.tenants_schemastate') is not null")
        (exists,) = cursor.fetchone()
        return dict(SchemaState.objects.values_list("schema", "digest")) if exists else {}


def is_current(name: str = PUBLIC_SCHEMA) -> bool:
    """Is a schema at the state of this code?"""
    return states().get(name) == migrations_digest()


def _migrate_and_record() -> None:
    statements: list[str] = []
    with _recording(statements):
        migrate()
    with public():
        Blueprint.objects.exclude(pk=migrations_digest()).delete()
        Blueprint.objects.get_or_create(
            digest=migrations_digest(), defaults={"script": ";\n".join(statements)}
        )


@contextmanager
def _recording(statements: list[str]) -> Iterator[None]:
    def record(
        execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any
    ) -> Any:
        text = str(statement).strip()
        if not text.upper().startswith(_READS) and "tenants_schemastate" not in text:
            rows = params if many else [params]
            cursor = context["cursor"].cursor
            statements.extend(
                _without_semicolon(cursor.mogrify(statement, row) if row else text) for row in rows
            )
        return execute(statement, params, many, context)

    with connection.execute_wrapper(record):
        yield


def _without_semicolon(statement: str) -> str:
    return statement.strip().removesuffix(";")


def _note_state(name: str) -> None:
    with public():
        SchemaState.objects.update_or_create(
            schema=name, defaults={"digest": migrations_digest(), "migrated_at": Now()}
        )
