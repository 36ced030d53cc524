"""A check that may hang, asked by many, and answered in time all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Bounded(Generic[Answer]):
    """Runs a check in a thread, one at a time: who asks meanwhile waits for the same one.

    After `limit_s` seconds the answer is `late`. A check that hangs keeps one thread and no more.
    """

    def __init__(self, check: Callable[[], Answer], *, late: Answer, limit_s: float) -> None:
        self._check = check
        self._late = late
        self._limit_s = limit_s
        self._lock = threading.Lock()
        self._running: Future[Answer] | None = None

    def __call__(self) -> Answer:
        """What the check says, or that it is late."""
        with self._lock:
            found = self._running
            if found is None or found.done():
                found = self._running = Future()
                # A daemon: a database that never answers must not keep the process from ending.
                threading.Thread(target=self._run, args=(found,), daemon=True).start()
        try:
            return found.result(self._limit_s)
        except TimeoutError:
            return self._late

    def _run(self, answer: Future[Answer]) -> None:
        try:
            answer.set_result(self._check())
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is awaited
            answer.set_exception(error)
