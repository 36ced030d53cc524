"""A tenant is made whole in a moment, or not at all."""

from __future__ import annotations

import pytest
from django.db import connection

from headrace.tenants import actions, queries, schemas
from headrace.tenants.checks import check_tables
from headrace.tenants.context import TenantRef, public, tenant
from headrace.tenants.errors import InvalidSlug, SchemaMismatch, SlugTaken
from headrace.tenants.models import Blueprint, Domain, SchemaState, Tenant

CATALOGUE = """
select 'column', table_name::text, column_name::text, data_type::text, is_nullable::text, column_default,
       ordinal_position::text
from information_schema.columns where table_schema = %(schema)s
union all
select 'index', tablename, indexname, indexdef, null, null, null
from pg_indexes where schemaname = %(schema)s
union all
select 'constraint', r.relname, c.conname, pg_get_constraintdef(c.oid), null, null, null
from pg_constraint c join pg_class r on r.oid = c.conrelid
join pg_namespace n on n.oid = r.relnamespace where n.nspname = %(schema)s
union all
select 'trigger', r.relname, t.tgname, pg_get_triggerdef(t.oid), null, null, null
from pg_trigger t join pg_class r on r.oid = t.tgrelid
join pg_namespace n on n.oid = r.relnamespace where n.nspname = %(schema)s and not t.tgisinternal
union all
select 'routine', p.proname, pg_get_functiondef(p.oid), null, null, null, null
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = %(schema)s and p.proname <> 'this_tenant'
union all
select 'sequence', sequencename, data_type::text, start_value::text, null, null, null
from pg_sequences where schemaname = %(schema)s
"""


def catalogue(ref: TenantRef) -> set[tuple[str, ...]]:
    """Everything in a schema, without the schema's name."""
    with public(), connection.cursor() as cursor:
        cursor.execute(CATALOGUE, {"schema": ref.schema})
        return {
            tuple(str(cell).replace(ref.schema, "<schema>") for cell in row)
            for row in cursor.fetchall()
        }


def schemas_named(name: str) -> int:
    with public(), connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_namespace where nspname = %s", [name])
        return int(cursor.fetchone()[0])


def test_a_replayed_schema_equals_a_migrated_one() -> None:
    """The recorded statements build exactly what the migrations build."""
    with public():
        Blueprint.objects.all().delete()
    migrated = actions.create_tenant("migrated-one")
    replayed = actions.create_tenant("replayed-one")

    assert catalogue(replayed) == catalogue(migrated)
    check_tables([migrated, replayed])


def test_a_replayed_schema_knows_its_own_tenant() -> None:
    """The constant of `this_tenant()` is not copied."""
    ref = actions.create_tenant("gamma")

    with tenant(ref), connection.cursor() as cursor:
        cursor.execute("select this_tenant()")
        assert cursor.fetchone() == (ref.id,)


def test_a_tenant_is_made_by_replay_and_no_migration_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Provisioning in a second: the migrations of all apps take many."""
    actions.create_tenant("warm-up")
    monkeypatch.setattr(schemas, "migrate", lambda: pytest.fail("migrations were run"))

    ref = actions.create_tenant("quick")

    assert schemas.is_current(ref.schema)


def test_a_failure_in_the_middle_leaves_nothing(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`create_tenant` provisions or leaves nothing behind: no schema, no rows."""
    with public():
        Blueprint.objects.update(script="create table half_way (id int); select 1/0")
    before = schemas.states()

    with pytest.raises(Exception, match="division by zero"):
        actions.create_tenant("broken")

    with public():
        Blueprint.objects.all().delete()
        assert schemas_named("t_broken") == 0
        assert not Tenant.objects.filter(slug="broken").exists()
        assert not Domain.objects.filter(domain__startswith="broken").exists()
        assert schemas.states() == before


@pytest.mark.parametrize("slug", ["", "A", "1a", "-a", "a-", "a_b", "a.b", "a" * 41, "pg catalog"])
def test_a_slug_must_fit_into_a_host_name(slug: str) -> None:
    """It becomes a schema and a host name."""
    with pytest.raises(InvalidSlug):
        actions.create_tenant(slug)


def test_a_slug_is_given_once(alpha: TenantRef) -> None:
    """Also where two slugs would share a schema."""
    with pytest.raises(SlugTaken):
        actions.create_tenant("alpha")


def test_deleting_a_tenant_takes_its_schema_and_host() -> None:
    """Nothing answers at its host afterwards."""
    ref = actions.create_tenant("gone")

    actions.delete_tenant(ref)

    assert schemas_named("t_gone") == 0
    assert queries.by_slug("gone") is None
    with public():
        assert not SchemaState.objects.filter(schema="t_gone").exists()


def test_a_missing_table_is_found(alpha: TenantRef) -> None:
    """T-007: it would silently be read from `public`."""
    check_tables([alpha])
    with tenant(alpha), connection.cursor() as cursor:
        cursor.execute("drop table audit_head")

    with pytest.raises(SchemaMismatch, match="audit_head"):
        check_tables([alpha])


def test_a_shared_table_in_a_tenants_schema_is_found(alpha: TenantRef) -> None:
    """T-007: it would hide the shared one."""
    with tenant(alpha), connection.cursor() as cursor:
        cursor.execute("create table t_alpha.tenants_tenant (id int)")

    with pytest.raises(SchemaMismatch, match="tenants_tenant"):
        check_tables([alpha])
