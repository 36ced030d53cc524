"""Schemas are brought forward while executions go on in them."""

from __future__ import annotations

import threading

import psycopg
import pytest
from django.db import connection, connections
from django.db.migrations import Migration, RunSQL
from django.db.migrations.loader import MigrationLoader

from headrace.tenants import actions, schemas
from headrace.tenants.context import public, tenant
from headrace.tenants.models import SchemaState
from tests.support.engine import begin, database_url, ended, until, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

FLOW = in_a_row([MANUAL, node("end", "flow.no_op")])
EXPANDS = RunSQL("alter table executions_execution add column later text")
HAS_COLUMN = """
select count(*) from information_schema.columns
where table_schema = %s and table_name = 'executions_execution' and column_name = 'later'
"""
WAITS = (
    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'alter%'"
)


@pytest.fixture
def newer(monkeypatch, alpha, beta):
    """A release with one migration more; afterwards everything is as it was."""

    def load(self):
        original(self)
        added = type("Migration", (Migration,), {"operations": [EXPANDS]})
        added.dependencies = [("executions", "0001_initial")]
        self.disk_migrations["executions", "0002_later"] = added("0002_later", "executions")

    original, before = MigrationLoader.load_disk, schemas.states()
    monkeypatch.setattr(MigrationLoader, "load_disk", load)
    for module in (actions, schemas):
        monkeypatch.setattr(module, "migrations_digest", lambda: "newer")
    monkeypatch.setattr(schemas, "LOCK_TIMEOUT_S", 0.1)
    monkeypatch.setattr(schemas, "PAUSE_S", 0.01)
    monkeypatch.setattr(schemas, "ATTEMPTS", 100_000)
    yield
    for ref in (alpha, beta):
        with tenant(ref), connection.cursor() as cursor:
            cursor.execute("alter table executions_execution drop column if exists later")
            cursor.execute("delete from django_migrations where name = '0002_later'")
    with public():
        for schema, digest in before.items():
            SchemaState.objects.filter(schema=schema).update(digest=digest)


@pytest.fixture
def reader(alpha):
    """Somebody reads in alpha's table of executions, and takes long for it."""
    with psycopg.connect(database_url()) as found:
        found.execute(f'lock table "{alpha.schema}".executions_execution in access share mode')
        yield found


def is_migrated(ref):
    with public(), connection.cursor() as cursor:
        cursor.execute(HAS_COLUMN, [ref.schema])
        return cursor.fetchone()[0] == 1


def is_waited_for():
    with public(), connection.cursor() as cursor:
        cursor.execute(WAITS)
        return cursor.fetchone()[0] > 0


def test_a_migration_that_has_to_wait_holds_nobody_up_and_is_made_in_the_end(
    newer, reader, in_alpha, alpha, beta, owner
):
    """R-046: without a limit everybody would wait behind it for as long as it waits itself."""
    failures = []

    def migrate():
        failures.append(actions.migrate_tenants([alpha, beta]))
        connections.close_all()

    with working():
        migrating = threading.Thread(target=migrate)
        migrating.start()
        until(is_waited_for, "the migration waits for the reader")
        assert ended(begin(owner, FLOW, {})) == "completed"
        reader.rollback()
        migrating.join(30)
        assert ended(begin(owner, FLOW, {})) == "completed"

    assert failures == [{}]
    assert is_migrated(alpha)
    assert is_migrated(beta)


def test_a_tenant_that_could_not_be_migrated_is_gone_on_with_by_the_next_attempt(
    newer, reader, alpha, beta, monkeypatch
):
    """R-046, T-026."""
    monkeypatch.setattr(schemas, "ATTEMPTS", 1)
    assert set(actions.migrate_tenants([alpha, beta])) == {"alpha"}
    assert (is_migrated(alpha), is_migrated(beta)) == (False, True)

    reader.rollback()

    assert actions.migrate_tenants([alpha, beta]) == {}
    assert is_migrated(alpha)
