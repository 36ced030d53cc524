"""What a worker holds after claiming an execution, and what it hears about it afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection

from headrace.executions import log
from headrace.executions.queue import sql
from headrace.tenants.context import TenantRef

READER: Final = log.FORMAT
"""The newest log format that this release understands; newer executions are left alone."""


@dataclass(slots=True)
class Claim:
    """One leased execution. `start` is its encoded beginning, needed only when nothing is logged.

    `wake` and `is_cancelled` follow the queue row while the lease is held; `news` is set
    whenever one of them moved. Up to `seen_wake` the inbox has been read.
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
    seen_wake: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

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


async def claim(
    connection: AsyncConnection[Any], worker: UUID, lanes: tuple[str, ...], limit: int
) -> tuple[list[Claim], datetime | None]:
    """Lease up to `limit` executions that are due; also the database's time, if any came."""
    cursor = await connection.execute(
        sql.CLAIM,
        {"lanes": list(lanes), "reader": READER, "limit": limit, "worker": worker},
    )
    rows = await cursor.fetchall()
    claims = [
        Claim(
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
        )
        for row in rows
    ]
    return claims, rows[0][11] if rows else None
