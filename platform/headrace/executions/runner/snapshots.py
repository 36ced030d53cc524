"""Keeps where an execution stands beside its log, so that only the log's tail has to be folded.

A snapshot is a cache: one that is missing or cannot be read costs the time to fold the whole log.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from psycopg import sql

from headrace import engine
from headrace.engine.events import RULES
from headrace.executions import log
from headrace.executions.blocks import ledger_json
from headrace.executions.blocks.ledger import Ledger
from headrace.executions.lease.claim import Claim
from headrace.executions.runner.journal import Release, Rider
from headrace.executions.runner.recorder import Recorder

logger = logging.getLogger(__name__)

FORMAT: Final = 1
AT_RELEASE_AFTER: Final = 200
EVERY: Final = 2_000
"""Events between two snapshots: at a release, and while it goes on (engine-rules 17)."""

_WRITE: Final = """
insert into {} (execution_id, seq, format, rules, body) values (%s, %s, %s, %s, %s)
on conflict (execution_id) do update
set seq = excluded.seq, format = excluded.format, rules = excluded.rules, body = excluded.body
"""
_READ: Final = "select seq, format, rules, body from {} where execution_id = %s"
_DELETE: Final = "delete from {} where execution_id = %s"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where an execution stood after `seq`. `recent` are the events of its open runs."""

    seq: int
    state: engine.State
    ledger: Mapping[str, Any]
    numbers: Mapping[str, Any]
    recent: Sequence[log.Event]

    def load(self, recorder: Recorder) -> None:
        """Put a fresh recorder where the snapshot was taken."""
        ledger_json.load(recorder.ledger, self.ledger)
        recorder.state = self.state
        recorder.load_numbers(self.numbers)
        for event in self.recent:
            recorder.note_recent(event)


class Snapshots:
    """Decides when a flush takes one. `last_seq` is that of the one there is, 0 without."""

    def __init__(self, recorder: Recorder, held: Claim, last_seq: int) -> None:
        self._recorder = recorder
        self._held = held
        self._last_seq = last_seq
        self._table = sql.Identifier(held.schema, "executions_snapshot")

    def riders(self, release: Release | None) -> Sequence[Rider]:
        """What the flush that comes now writes besides; the log is complete up to here."""
        if release is not None and release.next == "done":
            return [self._rider(_DELETE)] if self._last_seq else ()
        seq = self._recorder.journal.seq
        if seq - self._last_seq < (EVERY if release is None else AT_RELEASE_AFTER):
            return ()
        self._last_seq = seq
        try:
            body = encode(self._recorder)
        except TypeError:
            # Going on without a cache is slow; not going on is worse.
            logger.exception("No snapshot of %s can be made.", self._held.execution_id)
            return ()
        return [self._rider(_WRITE, seq, FORMAT, RULES, body)]

    def _rider(self, text: str, *parameters: object) -> Rider:
        statement = sql.SQL(text).format(self._table)
        return Rider(statement, (self._held.execution_id, *parameters))


def encode(recorder: Recorder) -> bytes:
    """Where the execution stands, as bytes."""
    events = [[event.seq, orjson.Fragment(log.event_json(event))] for event in recorder.recent()]
    body = {
        "state": engine.state_to_json(recorder.state),
        "ledger": ledger_json.dump(recorder.ledger),
        "numbers": recorder.numbers(),
        "recent": events,
    }
    return log.pack(orjson.dumps(body))


async def read(connection: Any, held: Claim) -> Snapshot | None:
    """The execution's snapshot, if there is one that this release can read."""
    statement = sql.SQL(_READ).format(sql.Identifier(held.schema, "executions_snapshot"))
    row = await (await connection.execute(statement, (held.execution_id,))).fetchone()
    if row is None:
        return None
    seq, format_, rules, body = row
    if (format_, rules) != (FORMAT, RULES) or seq > held.last_seq:
        return None
    try:
        return _decode(seq, orjson.loads(log.unpack(body)))
    except Exception:  # whatever is wrong with a cache, the log has it all
        logger.warning("A snapshot of %s cannot be read.", held.execution_id, exc_info=True)
        return None


def _decode(seq: int, found: Mapping[str, Any]) -> Snapshot:
    ledger_json.load(Ledger(), found["ledger"])
    return Snapshot(
        seq,
        engine.state_from_json(found["state"]),
        found["ledger"],
        found["numbers"],
        [log.event_from_json(row, at) for at, row in found["recent"]],
    )
