"""Takes executions away from workers that died, so that others go on with them.

Conditional on the worker's lease having run out by the database's clock; several sweepers may run.
"""

from __future__ import annotations

import logging
from typing import Final

from django.db import connection

from headrace.executions.doorbell import doorbell
from headrace.executions.queue import sql
from headrace.tenants.context import public

logger = logging.getLogger(__name__)

BATCH: Final = 500

MOST_WOKEN: Final = 20_000
"""After an outage everything that came due meanwhile is due within one sweep or two."""

CANCEL_AFTER_S: Final = 10.0
"""A holder that has not ended a cancelled execution by then loses it (engine-rules 16)."""


def sweep() -> int:
    """Free what dead workers held and what is due; returns how many executions were freed."""
    with public(), connection.cursor() as cursor:
        cursor.execute(sql.TAKE_OVER, {"limit": BATCH})
        freed = len(cursor.fetchall())
        cursor.execute(sql.TAKE_CANCELLED, {"after_s": CANCEL_AFTER_S, "limit": BATCH})
        woken = cursor.rowcount
        for statement, limit in ((sql.WAKE_DUE, MOST_WOKEN), (sql.LET_GO_ON, BATCH)):
            cursor.execute(statement, {"limit": limit})
            woken += cursor.rowcount
        cursor.execute(sql.DROP_DEAD_WORKERS)
    if freed:
        logger.warning("%s executions were taken over from a dead worker.", freed)
    if freed or woken:
        doorbell().ring("default")
    return freed
