"""Spreads requests over time."""

from __future__ import annotations

import asyncio


class Pace:
    """Lets so many through in a time, evenly; 0 lets everybody through at once."""

    def __init__(self, requests: int, in_s: float) -> None:
        self._gap_s = in_s / requests if requests else 0.0
        self._next_s = 0.0

    async def wait(self) -> None:
        """Wait for a place; places are given in the order of asking."""
        if not self._gap_s:
            return
        now_s = asyncio.get_running_loop().time()
        place_s = max(self._next_s, now_s)
        self._next_s = place_s + self._gap_s
        await asyncio.sleep(place_s - now_s)
