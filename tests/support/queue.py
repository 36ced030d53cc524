"""Rows of the run queue without executions behind them, and claims of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import psycopg

from headrace.executions.lease.claim import Claim, Claimed, claim
from headrace.tenants.context import TenantRef
from tests.support.engine import database_url

INSERT = """
insert into run_queue (execution_id, tenant_id, schema, lane, priority, state, due_at, wake, token,
                       last_seq, crashes, min_reader, number, start, root, workflow_id,
                       concurrency_key, max_concurrency, max_per_key)
select gen_random_uuid(), %(tenant)s, %(schema)s, %(lane)s, %(priority)s, %(state)s,
       clock_timestamp() - make_interval(secs => %(count)s + 1 - n), 0, 0, %(last_seq)s,
       %(crashes)s, %(min_reader)s, n, '', %(root)s, %(workflow)s, %(key)s, %(runs)s, %(per_key)s
from generate_series(1, %(count)s) n
returning execution_id, number
"""
DEFAULTS: dict[str, Any] = {
    "lane": "default",
    "priority": 15,
    "state": "ready",
    "last_seq": 0,
    "crashes": 0,
    "min_reader": 1,
    "root": None,
    "workflow": None,
    "key": None,
    "runs": None,
    "per_key": None,
}


def enqueue(tenant: TenantRef, count: int = 1, **columns: Any) -> list[UUID]:
    """So many rows, the first of them due first."""
    given = {**DEFAULTS, "tenant": tenant.id, "schema": tenant.schema, "count": count, **columns}
    with psycopg.connect(database_url(), autocommit=True) as connection:
        rows = connection.execute(INSERT, given).fetchall()
    return [row[0] for row in sorted(rows, key=lambda row: row[1])]


def take(
    limit: int,
    *,
    cap: int = 100,
    lanes: Sequence[str] = ("default", "careful"),
    registry: str = "",
) -> list[Claim]:
    """One claim of a worker of its own."""
    return look(limit, cap=cap, lanes=lanes, registry=registry).claims


def look(
    limit: int,
    *,
    cap: int = 100,
    lanes: Sequence[str] = ("default", "careful"),
    registry: str = "",
) -> Claimed:
    """The same with all that the database said."""

    async def once() -> Claimed:
        async with await psycopg.AsyncConnection.connect(database_url(), autocommit=True) as one:
            return await claim(one, uuid4(), tuple(lanes), limit, cap, registry=registry)

    return asyncio.run(once())


def ask(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What the shared tables hold."""
    with psycopg.connect(database_url(), autocommit=True) as connection:
        cursor = connection.execute(statement, parameters)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []
