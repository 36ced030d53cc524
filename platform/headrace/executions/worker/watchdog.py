"""Notices a step that blocks the event loop, and says where it hangs.

Everything that this process drives shares one loop, so a node that does not await stops all of
it (engine-rules 29). After a second the stack is logged; after five the heartbeat ends
(`lease.beat`), the lease runs out, the process ends, and others take over.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Final

logger = logging.getLogger(__name__)

LATE_S: Final = 1.0
LOOK_EVERY_S: Final = 0.25


class Watchdog:
    """`last_tick` is when the loop last turned, by the monotonic clock."""

    def __init__(self, last_tick: Callable[[], float], *, late_s: float = LATE_S) -> None:
        self._last_tick = last_tick
        self._late_s = late_s
        self._watched = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Watch the loop of the calling thread."""
        self._watched = threading.get_ident()
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        reported = 0.0
        while not self._stop.wait(LOOK_EVERY_S):
            tick = self._last_tick()
            late_s = time.monotonic() - tick
            if late_s > self._late_s and tick != reported:
                reported = tick
                logger.error(
                    "The event loop has stood still for %.1f s:\n%s", late_s, self._stack()
                )

    def _stack(self) -> str:
        frame = sys._current_frames().get(self._watched)
        return "".join(traceback.format_stack(frame)) if frame is not None else "(no stack)"
