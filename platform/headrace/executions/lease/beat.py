"""Keeps the lease of this worker process alive, from a thread with a connection of its own.

The lease belongs to the process, not to its executions: one statement renews it for all of them
(engine-rules 24). It is renewed only while the event loop still turns, so a loop that hangs
loses its executions to another worker instead of holding them for ever.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from uuid import UUID

import orjson
import psycopg

from headrace.executions import crash_points
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.queue import sql
from headrace.sandbox.queries import levels

logger = logging.getLogger(__name__)

LOOP_SILENT_S = 5.0
"""A loop that did not turn for so long is taken for stuck."""

STOP_SENDING_BEFORE_S = 3.0
"""So long before the lease ends nothing that others could see is begun any more."""


class Beat:
    """The heartbeat. `is_safe` says whether effects may still be begun."""

    def __init__(
        self, worker: UUID, settings: WorkerSettings, last_tick: Callable[[], float]
    ) -> None:
        self._worker = worker
        self._settings = settings
        self._last_tick = last_tick
        self._renewed_at = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="beat", daemon=True)

    def start(self) -> None:
        """Take the first lease, then keep it."""
        with psycopg.connect(self._settings.database_url, autocommit=True) as connection:
            self._renew(connection)
        self._thread.start()

    def stop(self) -> None:
        """Give the lease back; the executions must have been released before."""
        self._stop.set()
        # Told to stop before it had a lease, it never began.
        if self._thread.ident is not None:
            self._thread.join(timeout=2 * self._settings.beat_s)

    @property
    def remaining_s(self) -> float:
        """Seconds until the lease runs out."""
        return self._settings.lease_s - (time.monotonic() - self._renewed_at)

    @property
    def is_safe(self) -> bool:
        """May effects be begun under this lease?"""
        return self.remaining_s > min(STOP_SENDING_BEFORE_S, self._settings.lease_s / 3)

    def _run(self) -> None:
        connection: psycopg.Connection | None = None
        while not self._stop.wait(self._settings.beat_s):
            if self.remaining_s <= 0:
                logger.critical("The lease of this worker ran out; it ends now.")
                os._exit(1)
            if time.monotonic() - self._last_tick() > LOOP_SILENT_S:
                logger.error("The event loop hangs; the lease is not renewed.")
                continue
            connection = self._try_to_renew(connection)
        if connection is not None:
            connection.execute(sql.FORGET_WORKER, {"worker": self._worker})
            connection.close()

    def _try_to_renew(self, connection: psycopg.Connection | None) -> psycopg.Connection | None:
        try:
            if connection is None or connection.closed:
                connection = psycopg.connect(
                    self._settings.database_url, autocommit=True, connect_timeout=2
                )
            self._renew(connection)
            crash_points.reach("in_heartbeat")
        except psycopg.Error as error:
            logger.warning("The lease could not be renewed: %s", error)
            if connection is not None:
                connection.close()
            return None
        return connection

    def _renew(self, connection: psycopg.Connection) -> None:
        asked_at = time.monotonic()
        connection.execute(
            sql.RENEW,
            {
                "id": self._worker,
                "host": socket.gethostname(),
                "pid": os.getpid(),
                "version": "1",
                "registry": self._settings.registry,
                "sandbox": orjson.dumps(levels()).decode(),
                "lease_s": self._settings.lease_s,
            },
        )
        self._renewed_at = asked_at
