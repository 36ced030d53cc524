"""What a worker holds after claiming an execution, and what it hears about it afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from headrace.executions import log
from headrace.executions.queue import sql
from headrace.tenants.context import TenantRef

CAREFUL: Final = "careful"
"""The lane of executions that lost two workers in a row; a process has one at a time.

After the first loss an execution stays among the others: a machine that dies takes hundreds with
it, which could not all wait for one another (engine-rules 25, in a milder form).
"""

READER: Final = log.FORMAT
"""The newest log format that this release understands; newer executions are left alone."""


@dataclass(slots=True)
class Claim:
    """One leased execution. `start` is its encoded beginning, needed only when nothing is logged.

    `wake` and `is_cancelled` follow the queue row while the lease is held; `news` is set
    whenever one of them moved. Up to `seen_wake` the inbox has been read. With `is_more` others
    may be waiting for the slot of this one, so its end is a reason to look into the queue.
    """

    execution_id: UUID
    tenant_id: UUID
    schema: str
    token: int
    wake: int
    is_cancelled: bool
    last_seq: int
    crashes: int
    start: bytes | None
    slug: str
    number: int
    lane: str = "default"
    is_more: bool = False
    seen_wake: int = 0
    eased: Callable[[], None] = lambda: None
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_careful(self) -> bool:
        """Did its worker die? Then steps run one by one, each start durable before it begins."""
        return self.crashes > 0

    def progressed(self) -> None:
        """A step has ended: crashes are counted anew, and the next careful one may come."""
        if self.crashes:
            self.crashes = 0
            self.lane = "default"
            self.eased()

    @property
    def owner(self) -> TenantRef:
        """The tenant; claims leave out those that are suspended (T-013)."""
        return TenantRef(self.tenant_id, self.slug, self.schema)

    def hear(self, wake: int, *, is_cancelled: bool) -> None:
        """Take in the present state of the queue row."""
        if wake != self.wake or is_cancelled != self.is_cancelled:
            self.wake = wake
            self.is_cancelled = is_cancelled
            self.news.set()


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one look into the queue gave. `at` is the database's time.

    With `is_more` a tenant was at its limit, so that more may be had when something has ended.
    """

    claims: list[Claim]
    at: datetime | None
    is_more: bool


async def claim(
    connection: AsyncConnection[Any],
    worker: UUID,
    lanes: tuple[str, ...],
    limit: int,
    cap: int,
    *,
    registry: str = "",
) -> Claimed:
    """Lease up to `limit` executions that are due, at most `cap` for each tenant.

    Those that were found not to run with the nodes of this `registry` are left to others.
    """
    given = {"lanes": list(lanes), "reader": READER, "limit": limit, "worker": worker, "cap": cap}
    cursor = await connection.execute(sql.CLAIM, {**given, "registry": registry})
    rows = await cursor.fetchall()
    claims = [_claim(row) for row in rows if row[0] is not None]
    return Claimed(claims, rows[0][13] if rows else None, any(row[12] for row in rows))


def _claim(row: tuple[Any, ...]) -> Claim:
    return Claim(
        execution_id=row[0],
        tenant_id=row[1],
        schema=row[2],
        token=row[3],
        wake=row[4],
        is_cancelled=row[5],
        last_seq=row[6],
        crashes=row[7],
        start=row[8],
        slug=row[9],
        number=row[10],
        lane=row[11],
        is_more=row[12],
    )
