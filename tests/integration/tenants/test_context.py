"""The tenant at work reaches every way of calling the database, and nothing else does."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ConnectionHandler

from headrace.accounts.types import SYSTEM
from headrace.audit.actions import record
from headrace.audit.models import Entry
from headrace.conf.database import database
from headrace.tenants.context import TenantRef, current, current_or_none, public, tenant
from headrace.tenants.errors import NoTenant, StraySwitch


def schema_in_use() -> str:
    """Asks the database, from whatever thread this runs in."""
    is_main = threading.current_thread() is threading.main_thread()
    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_schema()")
            return str(cursor.fetchone()[0])
    finally:
        if not is_main:
            connection.close()


def test_without_a_tenant_a_query_is_refused() -> None:
    """T-001."""
    with pytest.raises(NoTenant):
        Entry.objects.count()


def test_a_management_command_without_a_tenant_is_refused() -> None:
    """T-001: a command that forgets its tenant reads nothing."""
    with pytest.raises(NoTenant):
        call_command("clearsessions")


def test_the_shared_tables_must_be_asked_for() -> None:
    """T-001: `public()` is no tenant."""
    with public():
        schema, ref = schema_in_use(), current_or_none()

        assert schema == "public"
        assert ref is None
        with pytest.raises(NoTenant):
            current()


def test_a_thread_started_by_hand_reaches_no_database(alpha: TenantRef) -> None:
    """T-005."""
    with tenant(alpha), ThreadPoolExecutor(1) as pool:
        answer = pool.submit(schema_in_use)

        with pytest.raises(NoTenant):
            answer.result()


def test_inner_blocks_give_back_the_outer_tenant(alpha: TenantRef, beta: TenantRef) -> None:
    """T-001: leaving a block, also by an error, restores what was at work before."""

    def fail_for(ref: TenantRef) -> None:
        with tenant(ref):
            raise RuntimeError(schema_in_use())

    with tenant(alpha):
        with pytest.raises(RuntimeError, match="t_beta"):
            fail_for(beta)

        assert schema_in_use() == "t_alpha"


def test_switching_the_connection_is_refused(alpha: TenantRef) -> None:
    """P6 of the study: nobody switches behind the context's back."""
    with tenant(alpha):
        with pytest.raises(StraySwitch):
            connection.set_schema("t_beta")

        assert schema_in_use() == "t_alpha"


@pytest.mark.parametrize("calls", [1, 2])
def test_the_search_path_is_right_after_a_rollback(
    alpha: TenantRef, beta: TenantRef, calls: int
) -> None:
    """T-009: a rolled back SET is not taken for done."""
    with tenant(alpha):
        schema_in_use()
        with transaction.atomic(), tenant(beta):
            for _ in range(calls):
                schema_in_use()
            transaction.set_rollback(True)

        assert schema_in_use() == "t_alpha"


def test_the_search_path_is_right_after_a_failed_statement(
    committed: None, alpha: TenantRef, beta: TenantRef
) -> None:
    """T-009: the same in autocommit, and on a new connection."""
    with tenant(alpha):
        schema_in_use()
    with tenant(beta), pytest.raises(Exception, match="division"), connection.cursor() as cursor:
        cursor.execute("select 1/0")
    with tenant(beta):
        assert schema_in_use() == "t_beta"
        connection.close()

        assert schema_in_use() == "t_beta"
    with tenant(alpha):
        assert schema_in_use() == "t_alpha"


def test_a_pooled_connection_brings_no_tenant_along(
    committed: None, alpha: TenantRef, beta: TenantRef
) -> None:
    """T-010: one physical connection, lent to one tenant after the other."""
    entry = database(settings.DATABASE_URL, "web")
    entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 5}
    pooled = ConnectionHandler({"default": entry})["default"]
    seen = []
    try:
        for ref in (alpha, beta, alpha):
            with tenant(ref), pooled.cursor() as cursor:
                cursor.execute("select current_schema(), pg_backend_pid()")
                seen.append(cursor.fetchone())
            pooled.close()
        with pytest.raises(NoTenant):
            pooled.cursor()
    finally:
        pooled.close_pool()

    assert [schema for schema, _ in seen] == ["t_alpha", "t_beta", "t_alpha"]
    assert len({pid for _, pid in seen}) == 1


async def test_every_async_way_follows_the_context(alpha: TenantRef) -> None:
    """T-004: both modes of sync_to_async, the async ORM, gather, tasks and to_thread."""
    with tenant(alpha):
        await sync_to_async(record)(SYSTEM.value, "test.made", "test", 1)
        ways = await asyncio.gather(
            sync_to_async(schema_in_use)(),
            sync_to_async(schema_in_use, thread_sensitive=False)(),
            asyncio.create_task(sync_to_async(schema_in_use)()),
            asyncio.to_thread(schema_in_use),
        )
        first = await Entry.objects.order_by("seq").afirst()
        several = [entry async for entry in Entry.objects.all()]

    assert set(ways) == {"t_alpha"}
    assert first is not None
    assert {entry.tenant_id for entry in several} == {alpha.id}


async def test_a_consumer_that_forgot_its_tenant_reads_nothing(
    committed: None, alpha: TenantRef
) -> None:
    """T-002: nothing remains on the thread that all consumers share."""
    with tenant(alpha):
        await database_sync_to_async(schema_in_use)()

    with pytest.raises(NoTenant):
        await database_sync_to_async(schema_in_use)()


async def test_a_hundred_coroutines_never_read_foreign_rows(
    alpha: TenantRef, beta: TenantRef
) -> None:
    """T-003, in one process: each sets its tenant, awaits, and reads twenty times."""
    chance = random.Random(3)
    for ref in (alpha, beta):
        with tenant(ref):
            await sync_to_async(record)(SYSTEM.value, "test.made", "test", 1)
    foreign: list[str] = []

    async def work(ref: TenantRef) -> None:
        with tenant(ref):
            for _ in range(20):
                await asyncio.sleep(chance.random() / 500)
                seen = await sync_to_async(schema_in_use)()
                rows = {entry.tenant_id async for entry in Entry.objects.all()[:2]}
                if seen != ref.schema or rows != {ref.id}:
                    foreign.append(seen)

    await asyncio.gather(*(work(ref) for _ in range(50) for ref in (alpha, beta)))

    assert foreign == []


@pytest.fixture(autouse=True)
def _no_tenant_remains() -> Iterator[None]:
    yield
    assert current_or_none() is None
