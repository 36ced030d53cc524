"""Reads the stored log and its payload rows: over the worker's connections, and over Django's."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from psycopg import sql

from headrace.executions import log
from headrace.executions.models import LogSegment, Payload
from headrace.files import queries as files
from headrace.tenants.threads import in_thread

SEGMENTS_AT_ONCE: Final = 8
T = TypeVar("T")

_FROM: Final = """
select first_seq, body, format from {table} where execution_id = %(execution)s and first_seq >= (
    select max(first_seq) from {table} where execution_id = %(execution)s and first_seq <= %(seq)s
) order by first_seq limit %(limit)s
"""
_BEFORE: Final = """
select first_seq, body, format from {table} where execution_id = %(execution)s
  and first_seq < %(seq)s order by first_seq desc limit %(limit)s
"""


class PoolStore:
    """A `Store` for workers; tables are named by schema."""

    def __init__(self, pool: Any, schema: str, execution_id: UUID) -> None:
        self._pool = pool
        self._schema = schema
        self._execution_id = execution_id

    async def segments_from(self, seq: int) -> Sequence[tuple[int, bytes, int]]:
        """See `Store.segments_from`."""
        return await self._segments(_FROM, seq)

    async def segments_before(self, seq: int) -> Sequence[tuple[int, bytes, int]]:
        """See `Store.segments_before`."""
        return await self._segments(_BEFORE, seq)

    async def payloads(self, ids: Sequence[UUID]) -> Mapping[UUID, bytes]:
        """See `Store.payloads`."""
        statement = sql.SQL("select id, body, sha256 from {} where id = any(%s)").format(
            sql.Identifier(self._schema, "executions_payload")
        )
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(statement, (list(ids),))).fetchall()
        return {
            payload: log.unpack(
                body if body is not None else await in_thread(files.content, sha256)
            )
            for payload, body, sha256 in rows
        }

    async def _segments(self, text: str, seq: int) -> list[tuple[int, bytes, int]]:
        table = sql.Identifier(self._schema, "executions_logsegment")
        given = {"execution": self._execution_id, "seq": seq, "limit": SEGMENTS_AT_ONCE}
        async with self._pool.connection() as connection:
            cursor = await connection.execute(sql.SQL(text).format(table=table), given)
            rows: list[tuple[int, bytes, int]] = await cursor.fetchall()
        return rows


class DjangoStore:
    """A `Store` of the current tenant. Nothing in it waits: use `run_now`."""

    def __init__(self, execution_id: UUID) -> None:
        self._segments = LogSegment.objects.filter(execution_id=execution_id)

    async def segments_from(self, seq: int) -> Sequence[tuple[int, bytes, int]]:
        """See `Store.segments_from`."""
        rows = self._segments.filter(last_seq__gte=seq).order_by("first_seq")
        return self._rows(rows[:SEGMENTS_AT_ONCE])

    async def segments_before(self, seq: int) -> Sequence[tuple[int, bytes, int]]:
        """See `Store.segments_before`."""
        rows = self._segments.filter(first_seq__lt=seq).order_by("-first_seq")
        return self._rows(rows[:SEGMENTS_AT_ONCE])

    async def payloads(self, ids: Sequence[UUID]) -> Mapping[UUID, bytes]:
        """See `Store.payloads`."""
        return {
            row.pk: log.unpack(row.body if row.body is not None else files.content(row.sha256))
            for row in Payload.objects.filter(pk__in=ids)
        }

    def _rows(self, found: Any) -> list[tuple[int, bytes, int]]:
        return [(row.first_seq, bytes(row.body), row.format) for row in found]


def run_now(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits, without an event loop.

    Raises:
        RuntimeError: it did wait.
    """
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    message = "The coroutine waits for something."
    raise RuntimeError(message)
