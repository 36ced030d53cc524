"""Evaluates a batch of expressions a slice at a time, so that each has its own share of time.

A slice is meant to take `SLICE_S`. One that is late is stopped; what it was at is tried once more
by itself, and only if that is late, too, it is that expression which took too long.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from headrace.sandbox.guest.stopping import Stopped
from headrace.sandbox.guest.vm import Vm
from headrace.sandbox.guest.world import World

SLICE_S: Final = 0.01
"""Of the processor's time."""

Entries = tuple[int, ...]
MOST: Final = 4_096
"""Evaluations of one slice."""


class Slices:
    """One batch in one machine, and in another from `fresh` to find out what broke the first.

    `entries` are those of `expressions.js`.
    """

    def __init__(
        self, vm: Vm, fresh: Callable[[], Vm], world: World, entries: Entries, asked: dict[str, Any]
    ) -> None:
        self._vm = vm
        self._fresh = fresh
        self._world = world
        self._open, self._step, self._where, self._skip, self._close = entries
        self._each_s = float(asked["each_s"])
        self._until = time.monotonic() + float(asked["time_s"])
        self._most_bytes = int(asked["output_bytes"])

    def run(self, body: bytes) -> bytes:
        """The answer to the batch.

        Raises:
            Stopped: all of it took too much, or one expression broke the machine.
        """
        total = int(self._call(self._open, body, self._left_s()))
        done, size = 0, 1
        while done < total:
            began = time.process_time()
            try:
                done = int(self._call(self._step, f"{done} {size}".encode(), self._each_s))
            except Stopped as stopped:
                if self._vm.is_dead:
                    at = self._culprit(body, done, size)
                    raise Stopped(stopped.code, stopped.message, at) from stopped
                if stopped.code != "code_timeout" or self._left_s() <= 0:
                    raise
                done, size = self._interrupted(size), 1
                continue
            size = _next_size(size, time.process_time() - began)
        return self._call(self._close, b"", self._left_s(), self._most_bytes)

    def _culprit(self, body: bytes, done: int, size: int) -> int | None:
        """Which evaluation broke the machine; `None` if none does by itself."""
        if size == 1:
            return done
        self._vm = self._fresh()
        try:
            self._call(self._open, body, self._left_s())
            for at in range(size):
                try:
                    self._call(self._step, f"{done + at} 1".encode(), self._each_s)
                except Stopped:
                    if self._vm.is_dead:
                        return done + at
        except Stopped:
            return None
        finally:
            self._vm.close()
        return None

    def _interrupted(self, size: int) -> int:
        done = int(self._call(self._where, b"", self._each_s))
        if size > 1:
            return done
        self._call(self._skip, b"", self._each_s)
        return done + 1

    def _call(self, entry: int, argument: bytes, within_s: float, max_bytes: int = 100) -> bytes:
        self._world.allow(within_s)
        self._vm.arm(within_s, by_share=True)
        return self._vm.call(entry, argument, max_bytes=max_bytes)

    def _left_s(self) -> float:
        return max(self._until - time.monotonic(), 0.0)


def _next_size(size: int, took_s: float) -> int:
    """About as many as fit into a slice, at most twice as many as before."""
    fitting = int(size * SLICE_S / max(took_s, 1e-6))
    return max(1, min(2 * size, fitting, MOST))
