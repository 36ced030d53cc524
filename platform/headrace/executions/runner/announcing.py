"""Whoever wants to hear of ended executions does: error workflows and subscribers of facts.

A message of the outbox in the transaction that ends the execution: what is to happen then is
decided above, by `headrace.bus`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import orjson

from headrace.executions.ports import ports
from headrace.executions.runner.ended import Ended
from headrace.executions.runner.journal import Rider
from headrace.executions.types import Status

ENDED: Final = "execution.ended"
MESSAGE: Final = (
    "insert into outbox_message (id, tenant_id, topic, payload, attempts)"
    " values (gen_random_uuid(), %s, %s, %s, 0)"
)
REMEMBERED_S: Final = 1.0
"""So long a process believes what it knows of a tenant's subscribers."""

_asked: Final[dict[UUID, tuple[float, bool]]] = {}


async def announce(ended: Ended) -> Sequence[Rider]:
    """Failures always; other ends where an ordering key or a subscriber of facts waits for them."""
    given = ended.given
    is_wanted = (
        ended.status in (Status.FAILED, Status.CRASHED)
        or given.origin.get("in_order", False)
        or await _is_asked(ended)
    )
    if not is_wanted:
        return ()
    payload = orjson.dumps({"execution": str(given.held.execution_id)}).decode()
    return (Rider(MESSAGE, (given.owner.id, ENDED, payload)),)


async def _is_asked(ended: Ended) -> bool:
    owner = ended.given.owner
    until, is_asked = _asked.get(owner.id, (0.0, False))
    if time.monotonic() >= until:
        async with ended.given.resources.pool.connection() as connection:
            row = await (await connection.execute(*ports.events.wants_facts(owner))).fetchone()
        is_asked = bool(row[0])
        _asked[owner.id] = (time.monotonic() + REMEMBERED_S, is_asked)
    return is_asked
