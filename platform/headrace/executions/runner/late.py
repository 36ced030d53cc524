"""Keeps results that came when the execution was not this worker's any more (engine-rules 16).

They change nothing, but people can see what really happened.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import psycopg

from headrace.executions import log
from headrace.executions.lease.claim import Claim

logger = logging.getLogger(__name__)

OUTCOMES: Final = frozenset({"workflow.step.completed", "workflow.step.failed"})

_INSERT: Final = "insert into run_late_result (execution_id, token, body) values (%s, %s, %s)"


async def keep(pool: Any, held: Claim, events: Sequence[log.Event]) -> None:
    """Store the outcomes among these events, as well as it goes: the lease is lost already."""
    outcomes = [_without_payloads(event) for event in events if event.type in OUTCOMES]
    if not outcomes:
        return
    try:
        async with pool.connection() as connection:
            body = log.encode_segment(outcomes)
            await connection.execute(_INSERT, (held.execution_id, held.token, body))
    except psycopg.Error as error:
        logger.warning("Late results of %s are lost: %s", held.execution_id, error)


def _without_payloads(event: log.Event) -> log.Event:
    """Payload rows are stored with the log only, so what would be one is left out."""
    kept = {
        port: pages
        for port, pages in (event.outputs or {}).items()
        if not any(isinstance(page.block, UUID) for page in pages)
    }
    return replace(event, outputs=kept or None)
