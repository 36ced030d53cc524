"""Ends background tasks for sure, for every app that keeps some beside its work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

AGAIN_S: Final = 1.0
"""So long a task may take for what it does at its end before it is told once more."""


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks until each of them has ended.

    Telling them once is not enough: a library may lose a cancellation that meets the end of what it
    waits for (redis-py on Python 3.11 does), and a task that goes on in a loop would keep whoever
    waits for it, and a draining worker with it, for ever.
    """
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_S)
