"""Waits for the ends of the workflows that a step has called."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from psycopg import sql

from headrace.executions.doorbell import doorbell
from headrace.executions.runner.waiting.kind import Wait, WaitKind
from headrace_sdk.items import JsonObject
from headrace_sdk.waits import Wake, WakeKind

OPEN: Final = (
    "select id from {} where parent_id = %s and origin ->> 'node' = %s and origin ->> 'run' = %s"
    " and (origin ->> 'waits')::boolean"
    " and status in ('queued', 'running', 'waiting', 'paused')"
)
CANCEL: Final = (
    "update run_queue set cancel_at = coalesce(cancel_at, clock_timestamp()), wake = wake + 1,"
    " due_at = least(due_at, clock_timestamp()),"
    " state = case when state = 'leased' then state else 'ready' end"
    " where execution_id = any(%s) returning lane"
)


class ChildWait(WaitKind):
    """The children's own rows say whether they have ended, so nothing is counted here."""

    word: ClassVar[WakeKind] = "child"
    begins_others: ClassVar[bool] = True

    async def told(self, connection: Any, wait: Wait, data: JsonObject) -> Wake | None:
        """Go on when the last one has ended."""
        del data
        if await _open(connection, wait):
            return None
        return Wake("child", {"attempt": wait.attempt})

    async def withdrawn(self, connection: Any, wait: Wait) -> None:
        """Cancel those that still go on; they do the same with theirs."""
        children = await _open(connection, wait)
        if not children:
            return
        lanes = await (await connection.execute(CANCEL, (children,))).fetchall()
        for lane in {row[0] for row in lanes}:
            doorbell().ring(lane)


async def _open(connection: Any, wait: Wait) -> list[Any]:
    statement = sql.SQL(OPEN).format(sql.Identifier(wait.held.schema, "executions_execution"))
    parameters = (wait.held.execution_id, wait.node, wait.run)
    return [row[0] for row in await (await connection.execute(statement, parameters)).fetchall()]
