"""A database for one test process, copied from a template that is built once per migration state.

The template holds the tenants alpha and beta, each with one person per role.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.pq import TransactionStatus

from headrace.accounts import actions as accounts
from headrace.accounts.types import SYSTEM, Role
from headrace.tenants import actions, hosts
from headrace.tenants.context import public, tenant
from headrace.tenants.digest import migrations_digest

TENANTS = ("alpha", "beta")
PASSWORD = "correct horse battery"
_LOCK = 0x7E57
_EMPTIED_AFTER_COMMITS = """
do $$
declare kept text[] := array['django_migrations', 'django_content_type', 'auth_permission',
    'tenants_tenant', 'tenants_domain', 'tenants_schemastate', 'tenants_blueprint',
    'accounts_person', 'accounts_membership'];
declare t record;
begin
    alter table t_alpha.audit_entry disable trigger append_only;
    alter table t_beta.audit_entry disable trigger append_only;
    -- Without a page a table never had a row, which is true of most.
    for t in select c.oid::regclass as name from pg_class c
             where c.relkind = 'r' and c.relname <> all(kept) and pg_relation_size(c.oid) > 0
               and c.relnamespace in ('public'::regnamespace, 't_alpha'::regnamespace,
                                      't_beta'::regnamespace)
    loop
        execute format('delete from %s', t.name);
    end loop;
    set constraints all immediate;
    alter table t_alpha.audit_entry enable trigger append_only;
    alter table t_beta.audit_entry enable trigger append_only;
end $$
"""
# Counts what this transaction did, and what those before it did until that is handed on.
_TOUCHED = """
select coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
                    + pg_stat_get_xact_tuples_deleted(oid)), 0) > 0
from pg_class where relkind = 'r' and relnamespace = %s::regnamespace
"""


@contextmanager
def own_database() -> Iterator[str]:
    """Make this process's database, point Django at it, and drop it in the end."""
    template = f"headrace_template_{migrations_digest()[:12]}"
    name = f"headrace_test_{os.getpid()}"
    with _admin() as admin:
        admin.execute("select pg_advisory_lock(%s)", [_LOCK])
        _drop_leftovers(admin)
        if not _exists(admin, template):
            _build(admin, template)
        _create(admin, name, template)
        admin.execute("select pg_advisory_unlock(%s)", [_LOCK])
    _point_at(name)
    try:
        yield name
    finally:
        connections.close_all()
        _cleaner(settings.DATABASE_URL).close()
        with _admin() as admin:
            _drop(admin, name)


def close_unless_clean(connection: BaseDatabaseWrapper) -> None:
    """Leave the connection to the next test; a new one would have to learn every table again."""
    if _is_clean(connection):
        forget_changes()
    else:
        connections.close_all()


def _is_clean(connection: BaseDatabaseWrapper) -> bool:
    """Whether it is alive, and in no transaction that would keep rows or locks."""
    raw = connection.connection
    is_idle = raw is not None and raw.info.transaction_status == TransactionStatus.IDLE
    return is_idle and not connection.in_atomic_block and connection.is_usable()


def empty_tables() -> None:
    """Take away what a test committed; tenants and people stay."""
    _cleaner(settings.DATABASE_URL).execute(_EMPTIED_AFTER_COMMITS)


@cache
def _cleaner(url: str) -> psycopg.Connection:
    """Stays open: a new connection takes longer than the deletion, for it knows no table yet."""
    return psycopg.connect(url, autocommit=True)


def may_have_changed(schema: str) -> bool:
    """Whether this test's transaction touched a row of the schema, even if it was taken back."""
    with public(), connections["default"].cursor() as cursor:
        cursor.execute(_TOUCHED, [schema])
        return bool(cursor.fetchone()[0])


def forget_changes() -> None:
    """Have PostgreSQL hand on its counts, so that the next test is not held to account for them."""
    with public(), connections["default"].cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()", [])


def fingerprint(schema: str) -> dict[str, tuple[int, int]]:
    """Number and newest transaction of the rows of every table in a schema."""
    with public(), connections["default"].cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = %s order by tablename", [schema]
        )
        counts = [
            sql.SQL("select {}, count(*), coalesce(max(xmin::text::bigint), 0) from {}.{}").format(
                sql.Literal(table), sql.Identifier(schema), sql.Identifier(table)
            )
            for (table,) in cursor.fetchall()
        ]
        cursor.execute(sql.SQL(" union all ").join(counts))
        return {table: (count, newest) for table, count, newest in cursor.fetchall()}


def _build(admin: psycopg.Connection, template: str) -> None:
    _create(admin, template, "template1")
    _point_at(template)
    try:
        with public(), connections["default"].cursor() as cursor:
            cursor.execute("create extension if not exists vector")
        actions.migrate_shared()
        for slug in TENANTS:
            with tenant(actions.create_tenant(slug, slug.title())):
                _add_people(slug)
        with psycopg.connect(settings.DATABASE_URL, autocommit=True) as connection:
            connection.execute(_EMPTIED_AFTER_COMMITS)
    except BaseException:
        connections.close_all()
        _drop(admin, template)
        raise
    connections.close_all()


def _add_people(slug: str) -> None:
    for role in Role:
        person = accounts.create_person(
            f"{role}@{slug}.example", name=role.title(), password=PASSWORD
        )
        accounts.add_member(SYSTEM, person, role)


def _admin() -> psycopg.Connection:
    return psycopg.connect(_url("postgres"), autocommit=True)


def _url(name: str) -> str:
    return urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))


def _point_at(name: str) -> None:
    connections.close_all()
    # Django may have read its settings before this run completed the environment.
    settings.MULTI_TENANT = True
    settings.HEADRACE_BASE_HOST = "localhost"
    settings.DATABASE_URL = _url(name)
    os.environ["DATABASE_URL"] = settings.DATABASE_URL
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
    hosts.directory.forget()


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return bool(admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone())


def _create(admin: psycopg.Connection, name: str, template: str) -> None:
    _drop(admin, name)
    admin.execute(
        sql.SQL("create database {} template {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _drop_leftovers(admin: psycopg.Connection) -> None:
    """Databases of test processes that were killed."""
    rows = admin.execute(r"select datname from pg_database where datname like 'headrace\_test\_%'")
    for (name,) in rows.fetchall():
        pid = name.rpartition("_")[2]
        if pid.isdigit() and not Path("/proc", pid).exists():
            _drop(admin, name)
