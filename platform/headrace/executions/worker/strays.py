"""Gives back executions that this worker leases and that nobody in it drives.

A claim whose answer was lost with its connection leaves such rows, and so does a run that the
database's silence ended. Nobody would ever take them over, since their worker lives.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable
from typing import Any
from uuid import UUID

from headrace.executions.queue import sql

logger = logging.getLogger(__name__)


class Strays:
    """Remembers from one look to the next: what strays twice is not just on its way here."""

    def __init__(self, worker: UUID) -> None:
        self._worker = worker
        self._seen: set[UUID] = set()

    async def give_back(
        self, connection: Any, leased: Iterable[UUID], active: Container[UUID]
    ) -> int:
        """Release what strays for the second time; no crash is counted. Returns how many."""
        strays = {execution for execution in leased if execution not in active}
        lost = strays & self._seen
        self._seen = strays - lost
        if lost:
            logger.warning("%s executions were leased and not driven; released.", len(lost))
            ids = {"worker": self._worker, "executions": list(lost)}
            await connection.execute(sql.RELEASE, ids)
        return len(lost)
