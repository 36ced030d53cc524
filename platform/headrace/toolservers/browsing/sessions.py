"""Browsers that are open: one for each session of a tenant, closed when it is not used any more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from headrace.tenants.context import current
from headrace.toolservers.browsing.opened import OpenBrowser, open_browser
from headrace_sdk.errors import UpstreamError

MOST: Final = 3
"""Browsers of one process of ours: each takes some hundred megabytes."""
IDLE_S: Final = 120.0
LONGEST_S: Final = 15 * 60.0
SLACK_S: Final = 1.0
"""By so much the clocks of timers and of sessions may differ."""

Key = tuple[str, str]


class Sessions:
    """Of one event loop. A session's tools are used one after the other."""

    def __init__(self) -> None:
        self._open: dict[Key, OpenBrowser] = {}
        self._locks: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
        self._ending: set[asyncio.Task[None]] = set()
        self._starting = 0

    @asynccontextmanager
    async def at(self, session: str, *, begins: bool) -> AsyncIterator[OpenBrowser]:
        """The browser of a session; a new one where there is none and this call `begins`.

        Raises:
            UpstreamError: there is none, none can be started, or there are too many.
        """
        key = (str(current().id), session)
        async with self._lock(key):
            browser = await self._found(key, begins=begins)
            try:
                yield browser
            finally:
                browser.used_at = time.monotonic()
                asyncio.get_running_loop().call_later(IDLE_S, self._look_soon, key)

    async def end(self, session: str) -> bool:
        """Close the browser of a session; was there one?"""
        key = (str(current().id), session)
        async with self._lock(key):
            return await self._end(key)

    def _lock(self, key: Key) -> asyncio.Lock:
        """It lives as long as somebody holds it or waits for it."""
        return self._locks.setdefault(key, asyncio.Lock())

    async def _found(self, key: Key, *, begins: bool) -> OpenBrowser:
        browser = self._open.get(key)
        if browser is not None:
            if browser.is_alive and time.monotonic() - browser.since < LONGEST_S:
                return browser
            await self._end(key)
        if not begins:
            message = "No page is open, or it was closed after a while. Open one first."
            raise UpstreamError(message, sent="no", code="no_page", retryable=False)
        if len(self._open) + self._starting >= MOST:
            message = "All browsers are at work. Try again in a minute."
            raise UpstreamError(message, sent="no", code="no_browser_free")
        self._starting += 1
        try:
            self._open[key] = await open_browser()
        finally:
            self._starting -= 1
        return self._open[key]

    def _look_soon(self, key: Key) -> None:
        task = asyncio.get_running_loop().create_task(self._end_if_idle(key))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _end_if_idle(self, key: Key) -> None:
        async with self._lock(key):
            browser = self._open.get(key)
            if browser is not None and time.monotonic() - browser.used_at >= IDLE_S - SLACK_S:
                await self._end(key)

    async def _end(self, key: Key) -> bool:
        browser = self._open.pop(key, None)
        if browser is not None:
            await browser.close()
        return browser is not None


_of_loops: dict[int, tuple[asyncio.AbstractEventLoop, Sessions]] = {}


def sessions() -> Sessions:
    """Those of the running loop: a browser is spoken to by the loop that started it."""
    loop = asyncio.get_running_loop()
    kept = _of_loops.get(id(loop))
    if kept is None or kept[0] is not loop:
        for old in [key for key, (one, _) in _of_loops.items() if one.is_closed()]:
            del _of_loops[old]
        kept = _of_loops[id(loop)] = (loop, Sessions())
    return kept[1]
