"""The engine of one worker process: claims executions and drives up to 200 of them at once.

It lives in a thread with an event loop of its own; Celery's main thread only rings. All state is
in PostgreSQL: the process may be killed at any moment.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg_pool import AsyncConnectionPool

from headrace.engine import UnknownEvent
from headrace.executions import crash_points
from headrace.executions.errors import LeaseLost, LeftToOthers
from headrace.executions.lease.beat import Beat
from headrace.executions.lease.claim import CAREFUL, Claim, claim
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.log import UnreadableFormat
from headrace.executions.outages import DATABASE_ERRORS
from headrace.executions.queue import sql
from headrace.executions.runner.resources import Resources
from headrace.executions.runner.runner import Runner
from headrace.executions.worker.strays import Strays
from headrace.executions.worker.threads import DatabaseThreads
from headrace.executions.worker.watchdog import Watchdog
from headrace.tenants.endings import end

logger = logging.getLogger(__name__)

TICK_S = 0.25
NEWS_S = 0.25
"""How often a worker looks whether somebody cancelled or told something to what it holds."""


class Engine:
    """Claims, drives, drains. Start it with `run` in a thread; `ring` and `stop` from any."""

    def __init__(self, settings: WorkerSettings) -> None:
        self.id: UUID = uuid4()
        self.settings = settings
        self.clock = DatabaseClock()
        self.active: dict[UUID, Claim] = {}
        self._runners: set[Runner] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_tick = time.monotonic()
        self._beat = Beat(self.id, settings, lambda: self._last_tick)
        self._strays = Strays(self.id)
        self._watchdog = Watchdog(lambda: self._last_tick)
        self._stopping = False
        self._is_more = False
        self._looked_at = time.monotonic()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell = asyncio.Event()

    def run(self) -> None:
        """Work until `stop`; returns when everything is drained."""
        asyncio.run(self._main())

    def ring(self) -> None:
        """Look into the queue now."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._bell.set)

    def stop(self) -> None:
        """Claim nothing more, let running steps end within `drain_s`, release the rest."""
        self._stopping = True
        self.ring()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        threads = DatabaseThreads()
        self._loop.set_default_executor(threads)
        pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
            self.settings.database_url,
            min_size=1,
            max_size=self.settings.connections,
            kwargs={"autocommit": True},
            open=False,
            timeout=10,
        )
        self._watchdog.start()
        await pool.open()
        await self._until_reachable()
        async with Resources(pool, self.clock, self._beat, self.settings) as resources:
            helpers = [
                asyncio.create_task(self._tick()),
                asyncio.create_task(self._listen(resources)),
            ]
            await self._pump(resources)
            await self._drain(resources)
            await end(helpers)
        await pool.close()
        self._beat.stop()
        self._watchdog.stop()
        threads.close()

    async def _until_reachable(self) -> None:
        while not self._stopping:
            try:
                await asyncio.to_thread(self._beat.start)
            except psycopg.Error as error:
                logger.warning("The database is not reachable yet: %s", error)
                await asyncio.sleep(1)
            else:
                return

    async def _tick(self) -> None:
        while True:
            self._last_tick = time.monotonic()
            await asyncio.sleep(TICK_S)

    async def _pump(self, resources: Resources) -> None:
        while not self._stopping:
            try:
                await self._claim_all(resources)
            except DATABASE_ERRORS as error:
                logger.warning("The queue cannot be read: %s", error)
                await asyncio.sleep(0.2 + random.random())  # noqa: S311 - spreads reconnects
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), self.settings.poll_s)
            if time.monotonic() - self._looked_at >= self.settings.poll_s:
                self._looked_at = time.monotonic()
                await self._wake_due(resources)

    async def _claim_all(self, resources: Resources) -> None:
        while not self._stopping:
            self._bell.clear()
            # The next ring must get through before we look, or the last one could be swallowed.
            await resources.answer_bell(self.settings.lanes)
            limit = min(self.settings.claim_batch, self.settings.parallel - len(self.active))
            if limit <= 0:
                return
            async with resources.pool.connection() as connection:
                found = await claim(
                    connection,
                    self.id,
                    self._lanes(),
                    limit,
                    self.settings.tenant_concurrency,
                    registry=self.settings.registry,
                )
            if found.at is not None:
                self.clock.set(found.at)
            for held in found.claims:
                self._start(held, resources)
            self._is_more = found.is_more
            if len(found.claims) < limit:
                return

    def _lanes(self) -> tuple[str, ...]:
        """One careful execution at a time: it may take this process with it (engine-rules 25)."""
        if any(held.lane == CAREFUL for held in self.active.values()):
            return tuple(lane for lane in self.settings.lanes if lane != CAREFUL)
        return self.settings.lanes

    def _start(self, held: Claim, resources: Resources) -> None:
        self.active[held.execution_id] = held
        held.eased = self._bell.set
        task = asyncio.create_task(self._drive(held, resources))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive(self, held: Claim, resources: Resources) -> None:
        crash_points.reach("after_claim")
        runner = Runner(held, resources)
        self._runners.add(runner)
        try:
            await runner.run()
        except (LeaseLost, LeftToOthers) as error:
            logger.warning("Execution %s is for another worker: %s", held.execution_id, error)
        except (UnreadableFormat, UnknownEvent) as error:
            logger.warning("Execution %s is left to a newer release: %s", held.execution_id, error)
            await resources.leave_to_newer(held)
        except asyncio.CancelledError:
            raise
        except DATABASE_ERRORS as error:
            # It strays now, and is given back as soon as the database answers.
            logger.warning("Execution %s lost the database: %s", held.execution_id, error)
        except Exception:  # a fault of ours must not take the other executions with it
            logger.exception("Execution %s hit an engine error.", held.execution_id)
            await resources.give_back(held, after_s=min(60.0, 2.0 ** (held.crashes + 1)))
        finally:
            # This worker may have claimed it again since it lost it.
            if self.active.get(held.execution_id) is held:
                del self.active[held.execution_id]
            self._runners.discard(runner)
            is_full = len(self.active) == self.settings.parallel - 1
            if self._is_more or held.is_more or held.crashes or is_full:
                self._bell.set()

    async def _wake_due(self, resources: Resources) -> None:
        try:
            async with resources.pool.connection() as connection:
                await connection.execute(sql.WAKE_DUE, {"limit": 1000})
        except DATABASE_ERRORS as error:
            logger.warning("Timers cannot be read: %s", error)

    async def _listen(self, resources: Resources) -> None:
        """Reads what was told to the executions held here: the way that needs no Redis."""
        while True:
            poll_s = self.settings.poll_s
            await asyncio.sleep(min(poll_s, NEWS_S) if self.active else poll_s)
            try:
                async with resources.pool.connection() as connection:
                    cursor = await connection.execute(sql.CHANGED, {"worker": self.id})
                    rows = await cursor.fetchall()
                    leased = [row[0] for row in rows]
                    if await self._strays.give_back(connection, leased, self.active):
                        self._bell.set()
            except DATABASE_ERRORS as error:
                logger.warning("News cannot be read: %s", error)
                continue
            for execution_id, wake, is_cancelled in rows:
                held = self.active.get(execution_id)
                if held is not None:
                    held.hear(wake, is_cancelled=is_cancelled)

    async def _drain(self, resources: Resources) -> None:
        """Ends gracefully (engine-rules 30): what does not write is cut off after half of the time.

        Another worker makes it again. A write may end within the whole of it.
        """
        resources.is_draining.set()
        crash_points.reach("during_drain")
        for held in self.active.values():
            held.news.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.settings.drain_s / 2)
        for runner in self._runners:
            runner.cut_reads()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.settings.drain_s / 2)
        left = [task for task in self._tasks if not task.done()]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=2)
        async with resources.pool.connection() as connection:
            await connection.execute(sql.RELEASE_ALL, {"worker": self.id})
