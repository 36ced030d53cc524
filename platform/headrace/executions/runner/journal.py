"""The writing end of one execution's log: buffers events, flushes them under the fencing token.

Nothing that anybody outside can see may happen before its past is durable (engine-rules 11):
`flush` is called before a write begins, right after a write or read ended, before an answer is
given, at every wait and at the end.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

import psycopg
from django.conf import settings

from headrace.executions import crash_points, log
from headrace.executions.blocks.named_files import HOLD, files_in
from headrace.executions.errors import CancelRequested, DatabaseLost, LeaseLost
from headrace.executions.lease.claim import Claim
from headrace.executions.outages import DATABASE_ERRORS
from headrace.executions.runner import late
from headrace.executions.runner.facts import STARTED, begins_something, is_progress
from headrace.files import actions as files
from headrace.tenants.ids import new_id
from headrace.tenants.threads import in_thread
from headrace_sdk.items import Item, JsonObject

CANCEL_STATE: Final = "HR001"
APPEND: Final = (
    "select headrace_append(%s, %s, %s, %s, %s, %s, %s::smallint, %s, %s::uuid[], %s::bytea[],"
    " %s::text[], %s::bigint[], %s::bytea[], %s::text[], %s::timestamptz[], %s, %s::float8,"
    " %s, %s, %s, %s, %s)"
)

QUEUED: Final = "workflow.step.queued"

Blocks: TypeAlias = Mapping[str, Sequence[tuple[int, bytes]]]
"""By port, the encoded pages of its items, each with their number."""

Next = Literal["ready", "waiting", "done"]


@dataclass(frozen=True, slots=True)
class WaitTokenRow:
    """A one-time token to be made durable together with the wait it belongs to."""

    token_hash: bytes
    node: str
    run: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Rider:
    """A statement that is to hold if, and only if, the events of its flush do.

    It runs in the flush's transaction after the fence was checked, so it may name rows of the
    tenant's schema (through `sql.Identifier`) and shared ones. `after` is called once committed.
    """

    statement: Any
    parameters: Sequence[Any] | Mapping[str, Any] = ()
    after: Callable[[], None] | None = None


@dataclass(slots=True)
class Release:
    """How the lease ends with a flush: what comes `next`, and after how many seconds."""

    next: Next
    due_in_s: float | None = None
    status: str | None = None
    error: bytes | None = None
    waiting_for: str = ""


@dataclass(slots=True)
class _Batch:
    events: list[log.Event] = field(default_factory=list)
    payloads: dict[UUID, bytes] = field(default_factory=dict)
    consumed: list[int] = field(default_factory=list)
    tokens: list[WaitTokenRow] = field(default_factory=list)
    riders: list[Rider] = field(default_factory=list)
    starts: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.events or self.consumed or self.tokens or self.riders)

    @property
    def has_progress(self) -> bool:
        """Did a step end? Then crashes are counted anew."""
        return any(map(is_progress, self.events))

    def absorb(self, later: _Batch) -> None:
        """Add what was collected after this batch."""
        self.events += later.events
        self.payloads |= later.payloads
        self.consumed += later.consumed
        self.tokens += later.tokens
        self.riders += later.riders
        self.starts = any(map(begins_something, self.events))


class Journal:
    """Append with `append`, make durable with `flush`; `seq` counts every event appended."""

    def __init__(
        self,
        held: Claim,
        pool: Any,
        now_ms: Callable[[], int],
        before_flush: Callable[[], None],
        after_flush: Callable[[Sequence[log.Event]], None],
    ) -> None:
        self._held = held
        self._pool = pool
        self._now_ms = now_ms
        self._before_flush = before_flush
        self._after_flush = after_flush
        self._batch = _Batch()
        self._lock = asyncio.Lock()
        self._is_broken = False
        self.status: str | None = "running"
        """What the row of the execution is to say from the next flush on."""
        self._stored = 0
        self._dirty_since = 0.0
        self._started_ms = 0
        self.seq = held.last_seq
        self.is_undoing = False
        """What undoes something may begin although a cancel forbids that to all else."""
        self.snapshots: Callable[[Release | None], Sequence[Rider]] | None = None
        """What a flush also writes so that the log need not be read from its start."""

    @property
    def age_s(self) -> float:
        """How long the oldest fact that is not durable has been waiting."""
        return time.monotonic() - self._dirty_since if self.is_dirty else 0.0

    @property
    def is_dirty(self) -> bool:
        """Is there anything that is not durable yet?"""
        return not self._batch.is_empty

    @property
    def stored_seq(self) -> int:
        """The number of the last event that is durable."""
        return self._held.last_seq + self._stored

    def append(
        self,
        kind: str,
        *,
        node: str | None = None,
        run: str | None = None,
        run_index: int | None = None,
        attempt: int | None = None,
        data: JsonObject | None = None,
        outputs: Blocks | None = None,
    ) -> log.Event:
        """Note a fact. Outputs are encoded blocks; large ones become payload rows."""
        self.seq += 1
        event = log.Event(
            type=kind,
            at_ms=self._now_ms(),
            node=node,
            run=run,
            run_index=run_index,
            attempt=attempt,
            data=data or {},
            outputs=self._placed(outputs) if outputs else None,
            seq=self.seq,
        )
        self._started_ms = self._started_ms or event.at_ms
        if self._batch.is_empty:
            self._dirty_since = time.monotonic()
        self._batch.events.append(event)
        self._batch.starts |= begins_something(event)
        if outputs:
            self._hold_files(outputs)
        return event

    def _hold_files(self, outputs: Blocks) -> None:
        named = files_in(block for pages in outputs.values() for _, block in pages)
        if named:
            held = self._held
            self.attach(Rider(HOLD, (held.schema, held.execution_id, list(named))))

    def consume(self, inbox_id: int) -> None:
        """Mark an inbox entry as taken in, with the next flush."""
        self._batch.consumed.append(inbox_id)

    def open_token(self, token: WaitTokenRow) -> None:
        """Make a wait token durable with the next flush."""
        self._batch.tokens.append(token)

    @property
    def has_riders(self) -> bool:
        """Will the next flush change more than the log?"""
        return bool(self._batch.riders)

    def attach(self, rider: Rider) -> None:
        """Let a statement take effect in the transaction of the next flush."""
        self._batch.riders.append(rider)

    async def flush(self, release: Release | None = None) -> None:
        """Make everything appended so far durable, in one round trip.

        Several tasks that want a flush at one moment share it.

        Raises:
            LeaseLost: the execution belongs to another worker now.
            CancelRequested: the batch held the start of a step, and a cancel came first.
            DatabaseLost: it went away; this journal can not be gone on with.
        """
        # A step may be cut off while it waits here; its flush holds the events of others, too.
        await asyncio.shield(asyncio.ensure_future(self._flush(release)))

    async def _flush(self, release: Release | None) -> None:
        async with self._lock:
            if self._is_broken:
                raise DatabaseLost
            self._before_flush()
            snapshot = self.snapshots(release) if self.snapshots is not None else None
            batch, self._batch = self._batch, _Batch()
            if batch.is_empty and release is None:
                return
            kinds = {event.type for event in batch.events} if crash_points.FOLDER else set()
            following = release.next if release else None
            crash_points.reach_flush(kinds, following, "before")
            last = await self._append(batch, release, [*batch.riders, *(snapshot or ())])
            if last < 0:
                await late.keep(self._pool, self._held, batch.events)
                message = "The lease was taken over."
                raise LeaseLost(message)
            crash_points.reach_flush(kinds, following, "after")
            self._stored += len(batch.events)
            if batch.has_progress:
                self._held.progressed()
            for rider in batch.riders:
                if rider.after is not None:
                    rider.after()
            self._after_flush(batch.events)

    async def _append(self, batch: _Batch, release: Release | None, riders: Sequence[Rider]) -> int:
        """The new last number, negative without the lease. After a failure nothing may follow.

        Whether the events were stored is not known then, and the next ones build on them.
        """
        try:
            return await self._store(batch, release, riders)
        except BaseException as error:
            if isinstance(error, psycopg.DatabaseError) and error.sqlstate == CANCEL_STATE:
                self._take_back(batch)
                raise CancelRequested("The execution was cancelled.") from error
            self._is_broken = True
            if isinstance(error, DATABASE_ERRORS):
                raise DatabaseLost from error
            raise

    def _take_back(self, batch: _Batch) -> None:
        """Put back what was not stored; the starts that a cancel forbids never were more than due.

        Every event keeps its number, because others refer to it.
        """
        batch.events = [_taken_back(event) for event in batch.events]
        batch.absorb(self._batch)
        self._batch = batch

    async def _store(self, batch: _Batch, release: Release | None, riders: Sequence[Rider]) -> int:
        held = self._held
        spilled = await spill(batch.payloads)
        status, error, waiting_for = self._status(release)
        parameters = (
            held.schema,
            held.execution_id,
            held.token,
            held.seen_wake,
            batch.starts and not self.is_undoing,
            len(batch.events),
            log.FORMAT,
            log.encode_segment(batch.events),
            list(batch.payloads),
            [
                None if payload_id in spilled else body
                for payload_id, body in batch.payloads.items()
            ],
            [spilled.get(payload_id, "") for payload_id in batch.payloads],
            batch.consumed,
            [token.token_hash for token in batch.tokens],
            [f"{token.node}\n{token.run}" for token in batch.tokens],
            [token.until for token in batch.tokens],
            release.next if release else None,
            release.due_in_s if release else None,
            status,
            error,
            waiting_for,
            self._started_ms,
            batch.has_progress,
        )
        async with self._pool.connection() as connection:
            if not riders:
                row = await (await connection.execute(APPEND, parameters)).fetchone()
                return int(row[0])
            async with connection.transaction():
                row = await (await connection.execute(APPEND, parameters)).fetchone()
                # A lost fence has changed nothing, and its riders must not either.
                for rider in riders if row[0] >= 0 else ():
                    await connection.execute(rider.statement, rider.parameters)
        return int(row[0])

    def _status(self, release: Release | None) -> tuple[str | None, bytes | None, str]:
        if release is not None:
            return release.status, release.error, release.waiting_for
        status, self.status = self.status, None
        return status, None, ""

    def _placed(self, outputs: Blocks) -> Mapping[str, log.Pages]:
        return {port: self._pages(blocks) for port, blocks in outputs.items()}

    def _pages(self, blocks: Sequence[tuple[int, bytes]]) -> log.Pages:
        if sum(len(block) for _, block in blocks) <= log.INLINE_BYTES:
            return tuple(log.Page(*block) for block in blocks)
        return tuple(log.Page(items, self._beside(block)) for items, block in blocks)

    def _beside(self, block: bytes) -> UUID:
        payload_id = new_id()
        self._batch.payloads[payload_id] = log.pack(block)
        return payload_id


def _taken_back(event: log.Event) -> log.Event:
    if event.type == STARTED:
        return replace(event, type=QUEUED, data={})
    if begins_something(event):
        error: JsonObject = {"code": "cancelled", "message": "The execution was cancelled."}
        data: JsonObject = {**event.data, "error": error, "will_retry": True}
        return replace(event, type=log.CALL_FAILED, data=data)
    return event


def encode_items(outputs: Mapping[str, Sequence[Item]]) -> Blocks:
    """Every port's items as blocks; ports without items are left out."""
    return {port: log.encode_pages(items) for port, items in outputs.items() if items}


async def spill(payloads: Mapping[UUID, bytes]) -> dict[UUID, str]:
    """Put very large payloads into the file store, durably; their digests by payload."""
    large = {
        one: body for one, body in payloads.items() if len(body) > settings.HEADRACE_SPILL_BYTES
    }
    return {one: await in_thread(files.keep, body) for one, body in large.items()}
