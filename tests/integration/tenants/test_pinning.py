"""Querysets and instances belong to the tenant for which they were made (T-006)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from headrace.accounts.types import SYSTEM
from headrace.audit.actions import record
from headrace.audit.models import Entry, Head
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.errors import WrongTenant
from headrace.tenants.ids import new_id


@pytest.mark.parametrize(
    "use",
    [
        list,
        len,
        bool,
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: rows.get(seq=1),
        lambda rows: rows.filter(seq=1).values_list("id").last(),
        lambda rows: rows.update(seq=9),
        lambda rows: rows.delete(),
        lambda rows: rows.create(only=True),
        lambda rows: rows.bulk_create([Head()]),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.aggregate(),
        lambda rows: rows.in_bulk(),
    ],
)
def test_a_queryset_of_one_tenant_is_refused_in_another(
    alpha: TenantRef, beta: TenantRef, use: Callable[[Any], object]
) -> None:
    """T-006: whatever is done with it."""
    with tenant(alpha):
        rows = Head.objects.all()

    with tenant(beta), pytest.raises(WrongTenant):
        use(rows)


def test_rows_already_read_are_refused_in_another_tenant(alpha: TenantRef, beta: TenantRef) -> None:
    """T-006: also out of the queryset's own memory."""
    with tenant(alpha):
        record(SYSTEM.value, "test.made", "test", 1)
        rows = Entry.objects.all()
        assert len(rows) == 1

    with tenant(beta), pytest.raises(WrongTenant):
        list(rows)


def test_a_queryset_made_outside_belongs_to_its_first_use(
    alpha: TenantRef, beta: TenantRef
) -> None:
    """T-006: as in the body of a class."""
    rows = Entry.objects.all()
    for ref in (alpha, beta):
        with tenant(ref):
            record(SYSTEM.value, "test.made", "test", 1)

    with tenant(alpha):
        found = list(rows.all())
    with tenant(beta):
        others = list(rows.all())

    assert {row.tenant_id for row in found} == {alpha.id}
    assert {row.tenant_id for row in others} == {beta.id}


@pytest.mark.parametrize(
    "use",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: row.refresh_from_db(),
    ],
)
def test_an_instance_of_one_tenant_is_refused_in_another(
    alpha: TenantRef, beta: TenantRef, use: Callable[[Any], object]
) -> None:
    """T-006: it would be written into the other's table."""
    with tenant(alpha):
        Head.objects.create()
        row = Head.objects.get()

    with tenant(beta), pytest.raises(WrongTenant):
        use(row)


def test_the_database_refuses_a_row_of_another_tenant(alpha: TenantRef, beta: TenantRef) -> None:
    """Required design (e): even raw SQL cannot put it there."""
    with (
        tenant(alpha),
        pytest.raises(IntegrityError, match="tenant_id"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into audit_head (id, tenant_id, \"only\", seq, hash) values (%s, %s, false, 0, '')",
            [new_id(), beta.id],
        )


def test_every_table_of_a_tenant_names_its_owner_or_stands_on_a_list(in_alpha: TenantRef) -> None:
    """Required design (e): a new tenant table has the checked column, or somebody thought of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select t.tablename from pg_tables t
            where t.schemaname = %s and t.tablename <> 'django_migrations' and not exists (
                select 1 from pg_constraint c join pg_class r on r.oid = c.conrelid
                join pg_namespace n on n.oid = r.relnamespace
                where n.nspname = t.schemaname and r.relname = t.tablename
                  and pg_get_constraintdef(c.oid) like '%%this_tenant()%%')
            """,
            [in_alpha.schema],
        )
        without_owner = {table for (table,) in cursor.fetchall()}

    assert without_owner <= set(WITHOUT_OWNER)


WITHOUT_OWNER = {
    "executions_logsegment": "written by a function that gets the schema with the execution",
    "executions_payload": "the same",
    "executions_inboxentry": "the same",
    "executions_waittoken": "the same",
    "executions_snapshot": "the same",
    "executions_callrecording": "read and written under the id of an execution of the tenant",
    "bus_event": "numbered in the order of storing, in the transaction of what it tells of",
    "bus_eventwait": "written by the worker with the wait, in the schema of its execution",
    "files_hold": "ids of holders and files; only the tenant's own table of files leads anywhere",
    "files_blob": "content by its digest; only the tenant's own table of files leads to it",
}
