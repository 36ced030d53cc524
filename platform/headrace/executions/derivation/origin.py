"""Where an execution comes from, as its log says."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from headrace.executions import queries
from headrace_sdk.items import JsonObject

FIRST: Final = 3
"""The event stands behind the start of the execution and the end of its trigger."""


def forked_from(execution_id: UUID) -> JsonObject | None:
    """`{"execution", "seq", "from"}` of a fork; `None` for every other execution."""
    for event in queries.events(execution_id, limit=FIRST):
        if event.type == "workflow.forked":
            names = ("execution", "seq", "from")
            return {name: event.data.get(name) for name in names}
    return None
