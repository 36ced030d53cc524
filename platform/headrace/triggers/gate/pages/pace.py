"""How often one client may send to one page: a token bucket in the memory of this process."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final

BURST: Final = 60
PER_S: Final = 1.0
"""Sixty at once, then one a second: more than people do, less than a flood."""

MOST_KEYS: Final = 10_000


class Pace:
    """Generic cell rate algorithm (ITU-T I.371): one time a key, when its bucket is full again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def wait_s(self, key: str) -> int:
        """Take a token: 0, or in how many seconds there will be one."""
        now = self._clock()
        if len(self._full_at) >= MOST_KEYS:
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        full_at = max(now, self._full_at.get(key, now)) + 1 / PER_S
        over_s = full_at - now - BURST / PER_S
        if over_s > 0:
            return math.ceil(over_s)
        self._full_at[key] = full_at
        return 0
