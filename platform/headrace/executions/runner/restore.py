"""Brings an execution to where its log ends: from the queue row when nothing is logged yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson
from psycopg import sql

from headrace import engine
from headrace.engine.events import RULES
from headrace.executions import log
from headrace.executions.beginning import Start, decode_start
from headrace.executions.lease.claim import Claim
from headrace.executions.runner import snapshots
from headrace.executions.runner.journal import encode_items
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.snapshots import Snapshot
from headrace.executions.types import TRIGGER_RUN
from headrace_sdk.errors import ContractError
from headrace_sdk.items import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class News:
    """An entry of the inbox."""

    id: int
    kind: str
    data: JsonObject


@dataclass(frozen=True, slots=True)
class History:
    """What is known of an execution that was begun: its `first` event, and all to be folded.

    With a `snapshot` the `tail` is what came after it, else the whole log.
    """

    first: log.Event
    snapshot: Snapshot | None
    tail: Sequence[log.Event]


async def read_history(connection: Any, held: Claim) -> History:
    """The log, from the last snapshot on where there is one.

    Raises:
        UnreadableFormat: a newer release wrote it, or began it by newer rules.
    """
    snapshot = await snapshots.read(connection, held)
    after = snapshot.seq if snapshot is not None else 0
    statement = sql.SQL(
        "select first_seq, body, format from {} where execution_id = %s"
        " and (last_seq > %s or first_seq = 1) order by first_seq"
    ).format(sql.Identifier(held.schema, "executions_logsegment"))
    rows = await (await connection.execute(statement, (held.execution_id, after))).fetchall()
    segments = [log.decode_segment(body, first, form) for first, body, form in rows]
    events = [event for segment in segments for event in segment]
    rules = events[0].data.get("rules", RULES)
    if not isinstance(rules, int) or rules > RULES:
        message = f"The execution follows rules {rules}; this release knows up to {RULES}."
        raise log.UnreadableFormat(message)
    return History(events[0], snapshot, [event for event in events if event.seq > after])


async def read_inbox(connection: Any, held: Claim) -> list[News]:
    """What others told the execution and nobody has taken in yet."""
    statement = sql.SQL(
        "select id, kind, data from {} where execution_id = %s and consumed_seq is null order by id"
    ).format(sql.Identifier(held.schema, "executions_inboxentry"))
    rows = await (await connection.execute(statement, (held.execution_id,))).fetchall()
    return [News(row[0], row[1], orjson.loads(row[2])) for row in rows]


def start_of(held: Claim) -> Start:
    """How the execution began.

    Raises:
        ContractError: the claim has it no more; the log does.
    """
    if held.start is None:
        message = "The beginning is in the log already."
        raise ContractError(message)
    return decode_start(held.start)


def first_events(
    recorder: Recorder, start: Start, number: int, pins: frozenset[str], variables: JsonObject
) -> None:
    """The beginning of the log: the execution, and its trigger with what arrived."""
    blocks = encode_items({"main": start.items})
    count = len(start.items)
    size = sum(len(block) for _, block in blocks.get("main", ()))
    outputs: JsonObject = {"main": {"items": count, "bytes": size}} if count else {}
    held: dict[str, JsonValue] = {
        "trigger": start.trigger_node,
        "number": number,
        "mode": start.mode,
        "version": str(start.version_id),
        "rules": RULES,
        "format": log.FORMAT,
        "answer_to": start.answer_to,
        "pins": [*sorted(pins)],
        "origin": cast("JsonObject", start.origin),
        "outputs": {"main": {"items": count}} if count else {},
    }
    if variables:
        held["variables"] = variables
    recorder.journal.append("workflow.started", data=held)
    run = (start.trigger_node, TRIGGER_RUN)
    event = recorder.journal.append(
        "workflow.step.completed",
        node=run[0],
        run=run[1],
        run_index=recorder.index_of(run),
        attempt=1,
        data={"inputs": [], "outputs": outputs, "duration_ms": 0},
        outputs=blocks,
    )
    recorder.ledger.put(run, event, {"main": start.items})
    recorder.state = engine.advance(
        recorder.graph,
        recorder.state,
        engine.WorkflowStarted(
            trigger=start.trigger_node,
            outputs={"main": count} if count else {},
            pins=pins,
            at=recorder.clock.now(),
        ),
    )
