"""A worker's sandbox processes for one language: made when needed, shared, replaced when worn."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Generic, TypeVar

from headrace.sandbox.host.child import Child
from headrace.sandbox.host.starting import Starter

REPLACED_AFTER: Final = 1_000
"""Jobs of one process, so that nothing which might leak can grow."""


class Pool:
    """At most `size` processes; one tenant has all but one of them at most, if there are several.

    Safe to use from several threads.
    """

    def __init__(self, size: int, starter: Starter) -> None:
        self._starter = starter
        self._size = size
        self._per_tenant = max(1, size - 1)
        self._change = threading.Condition()
        self._idle: list[Child] = []
        self._busy: Counter[str] = Counter()
        self._is_closed = False

    @property
    def level(self) -> str:
        """See `Starter`."""
        return self._starter.level

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

    def end_idle(self, engine: str) -> None:
        """End those of this engine that nobody uses; the next job starts another."""
        with self._change:
            ended = [child for child in self._idle if child.engine == engine]
            self._idle = [child for child in self._idle if child.engine != engine]
        for child in ended:
            child.end()

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
            known = self._idle.pop() if self._idle else None
        try:
            if known is not None and not self._starter.is_outdated(known):
                return known
            if known is not None:
                known.end()
            return self._starter.start()
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
