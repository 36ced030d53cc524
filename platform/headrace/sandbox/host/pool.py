"""A worker's sandbox processes for one language: made when needed, shared, replaced when worn."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Generic, TypeVar

from headrace.sandbox.errors import SandboxMissing
from headrace.sandbox.host.child import Child
from headrace_sdk.code import Language

REPLACED_AFTER: Final = 1_000
"""Jobs of one process, so that nothing which might leak can grow."""

logger = logging.getLogger(__name__)

NOT_STARTED: Final = "not started"
REFUSED_FOR_S: Final = 10.0
"""A sandbox that cannot be started is not tried again at once."""


class Pool:
    """At most `size` processes; one tenant has all but one of them at most, if there are several.

    Safe to use from several threads.
    """

    def __init__(self, language: Language, size: int, cache: Path | None = None) -> None:
        self._language = language
        self._size = size
        self._per_tenant = max(1, size - 1)
        self._cache = cache
        self._change = threading.Condition()
        self._idle: list[Child] = []
        self._busy: Counter[str] = Counter()
        self._refused: tuple[float, str] | None = None
        self._is_closed = False
        self.level: str = NOT_STARTED
        """What the newest process said of its walls, or why there is none."""

    @contextmanager
    def child(self, tenant: str) -> Iterator[Child]:
        """A process for one job of this tenant; waits until one is free.

        Raises:
            SandboxMissing: none can be started.
        """
        child = self._take(tenant)
        is_well = False
        try:
            yield child
            is_well = True
        finally:
            if not is_well or child.asked >= REPLACED_AFTER or self._is_closed:
                child.end()
            with self._change:
                if is_well and child.asked < REPLACED_AFTER and not self._is_closed:
                    self._idle.append(child)
                self._leave(tenant)

    def close(self) -> None:
        """End the idle processes; busy ones end after their job."""
        with self._change:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self, tenant: str) -> Child:
        with self._change:
            self._change.wait_for(lambda: self._has_room(tenant))
            self._busy[tenant] += 1
            if self._idle:
                return self._idle.pop()
        try:
            return self._started()
        except BaseException:
            with self._change:
                self._leave(tenant)
            raise

    def _has_room(self, tenant: str) -> bool:
        return self._busy.total() < self._size and self._busy[tenant] < self._per_tenant

    def _leave(self, tenant: str) -> None:
        self._busy[tenant] -= 1
        if not self._busy[tenant]:
            del self._busy[tenant]
        self._change.notify_all()

    def _started(self) -> Child:
        refused = self._refused
        if refused is not None and time.monotonic() < refused[0]:
            raise SandboxMissing(refused[1])
        try:
            child = Child(self._language, self._cache)
        except SandboxMissing as error:
            self.level = f"refused: {error}"
            logger.warning("The sandbox for %s refuses: %s", self._language, error)
            self._refused = (time.monotonic() + REFUSED_FOR_S, str(error))
            raise
        self.level = _level(child)
        logger.info("The sandbox for %s: %s", self._language, self.level)
        return child


def _level(child: Child) -> str:
    """`sealed` without network and all but a few system calls; WebAssembly is around it always."""
    walls = [wall for wall in ("offline", "filtered") if child.facts.get(wall)]
    return "sealed" if len(walls) == 2 else f"wasm ({', '.join(walls) or 'nothing else'})"


Made = TypeVar("Made")


class PerProcess(Generic[Made]):
    """Something that a forked process must not share with its parent, made at its first use."""

    def __init__(self, make: Callable[[], Made], end: Callable[[Made], None]) -> None:
        self._make = make
        self._end = end
        self._lock = threading.Lock()
        self._made: tuple[int, Made] | None = None

    def get(self) -> Made:
        """That of the current process."""
        with self._lock:
            if self._made is None or self._made[0] != os.getpid():
                self._made = (os.getpid(), self._make())
            return self._made[1]

    def made(self) -> Made | None:
        """That of the current process, if there is one."""
        made = self._made
        return made[1] if made is not None and made[0] == os.getpid() else None

    def close(self) -> None:
        """End it; the next `get` makes another."""
        with self._lock:
            if self._made is not None and self._made[0] == os.getpid():
                self._end(self._made[1])
            self._made = None
