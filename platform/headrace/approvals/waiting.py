"""How a step waits for a person: the row that is made, run out and withdrawn with its wait."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Final

import orjson
from psycopg import sql
from psycopg.types.json import Jsonb

from headrace.approvals.card import card_of, clean
from headrace.approvals.ports import ports
from headrace.executions.runner.journal import Journal, Rider
from headrace.executions.runner.waiting.kind import Wait, WaitKind
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.waits import Suspension, WakeKind

OPEN: Final = """
insert into {approvals} (id, tenant_id, execution_id, execution_number, workflow_id,
    workflow_name, node, node_name, run, wait, title, message, card, items, assignees,
    needs_reason, is_risky, is_bulk_safe, state, created_at, touched_at, expires_at,
    handed_over_by_name, decided_by_name, reason, corrections)
select gen_random_uuid(), tenant_id, id, number, workflow_id,
    workflow_name, %(node)s, %(node_name)s, %(run)s, %(wait)s, %(title)s, %(message)s, %(card)s,
    %(items)s, %(assignees)s, %(needs_reason)s, %(is_risky)s, %(is_bulk_safe)s, 'open',
    clock_timestamp(), clock_timestamp(), %(until)s, '', '', '', '{{}}'
from {executions} where id = %(execution)s
on conflict do nothing
"""
CLOSE: Final = """
update {approvals} set state = %(to)s, touched_at = clock_timestamp()
where execution_id = %(execution)s and node = %(node)s and run = %(run)s and wait = %(wait)s
  and state in ('open', %(to)s)
"""
SHOWN_ITEMS: Final = 20
SHOWN_BYTES: Final = 64 * 1024


class ApprovalWait(WaitKind):
    """The row decides: of approve, reject, expire and withdraw the first one closes it."""

    word: ClassVar[WakeKind] = "approval"

    async def opens(self, wait: Wait, suspension: Suspension, journal: Journal) -> JsonObject:
        """The row becomes durable together with the wait."""
        note = suspension.note
        statement = sql.SQL(OPEN).format(
            approvals=sql.Identifier(wait.held.schema, "approvals_approval"),
            executions=sql.Identifier(wait.held.schema, "executions_execution"),
        )
        asked = {
            "title": clean(note.get("title"), 200),
            "message": clean(note.get("message")),
            "node_name": clean(note.get("node_name"), 200),
            "card": Jsonb(card_of(note).to_json()),
            "items": shown(suspension.shown),
            "assignees": Jsonb(note.get("assignees") or []),
            "needs_reason": bool(note.get("needs_reason")),
            "is_risky": bool(note.get("is_risky")),
            "is_bulk_safe": bool(note.get("is_bulk_safe")) and not note.get("is_risky"),
            "until": suspension.until,
        }
        tell = partial(ports.bell.ring, wait.held.tenant_id)
        journal.attach(Rider(statement, {**_named(wait), **asked}, after=tell))
        return {}

    async def expires(self, connection: Any, wait: Wait) -> bool:
        """Close the row, unless somebody has decided.

        One that expired before and was not recorded then, since the worker died, counts again.
        """
        return await _close(connection, wait, "expired")

    async def withdrawn(self, connection: Any, wait: Wait) -> None:
        """Close the row."""
        await _close(connection, wait, "withdrawn")


def shown(items: tuple[Item, ...]) -> bytes:
    """The first items as a JSON list that is not too large for an inbox."""
    kept: list[bytes] = []
    size = 2
    for item in items[:SHOWN_ITEMS]:
        text = orjson.dumps(item.json)
        size += len(text) + 1
        if size > SHOWN_BYTES:
            break
        kept.append(text)
    return b"[" + b",".join(kept) + b"]"


async def _close(connection: Any, wait: Wait, to: str) -> bool:
    statement = sql.SQL(CLOSE).format(
        approvals=sql.Identifier(wait.held.schema, "approvals_approval")
    )
    done = await connection.execute(statement, {**_named(wait), "to": to})
    if done.rowcount:
        # The runner's connections commit each statement by itself.
        ports.bell.ring(wait.held.tenant_id)
    return bool(done.rowcount)


def _named(wait: Wait) -> dict[str, Any]:
    return {
        "execution": wait.held.execution_id,
        "node": wait.node,
        "run": wait.run,
        "wait": wait.wait,
    }
