"""Waits for an event of the tenant."""

from __future__ import annotations

from typing import Any, ClassVar

from headrace.executions.ports import ports
from headrace.executions.runner.journal import Journal, Rider
from headrace.executions.runner.waiting.kind import Wait, WaitKind
from headrace.executions.types import AwaitedEvent
from headrace_sdk.items import JsonObject
from headrace_sdk.waits import Suspension, WakeKind


class EventWait(WaitKind):
    """A row of the bus stands for the wait; whoever delivers an event looks for such rows."""

    word: ClassVar[WakeKind] = "event"

    async def opens(self, wait: Wait, suspension: Suspension, journal: Journal) -> JsonObject:
        """Let the bus know, with the flush that holds the wait."""
        del suspension
        journal.attach(Rider(*ports.events.awaited(wait.held.owner, _awaited(wait))))
        return {}

    async def expires(self, connection: Any, wait: Wait) -> bool:
        """Close the row, unless an event has been found for it."""
        return await _close(connection, wait)

    async def withdrawn(self, connection: Any, wait: Wait) -> None:
        """Close the row."""
        await _close(connection, wait)


async def _close(connection: Any, wait: Wait) -> bool:
    statement, parameters = ports.events.closed(wait.held.owner, _awaited(wait))
    return bool((await connection.execute(statement, parameters)).rowcount)


def _awaited(wait: Wait) -> AwaitedEvent:
    note = wait.note
    return AwaitedEvent(
        execution_id=wait.held.execution_id,
        node=wait.node,
        run=wait.run,
        wait=wait.wait,
        pattern=str(note.get("pattern") or ""),
        field=str(note.get("field") or ""),
        value=note.get("value"),
        until=wait.until,
    )
