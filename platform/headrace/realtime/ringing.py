"""A short message to a group of sockets, from a loop or a plain thread. It may be lost."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

import redis.asyncio as redis
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)

LONGEST_S: Final = 0.5


class Ringing:
    """Sends without being waited for, where there is a loop that can go on with it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def ring(self, group: str, message: dict[str, Any]) -> None:
        """Send in the loop that is at work here, or at once where there is none."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            async_to_sync(send)(group, message)
            return
        task = loop.create_task(send(group, message))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


async def send(group: str, message: dict[str, Any]) -> None:
    """Send, or give up before anybody notices the wait."""
    try:
        async with asyncio.timeout(LONGEST_S):
            await get_channel_layer().group_send(group, message)
    except (redis.RedisError, OSError, TimeoutError) as error:
        logger.warning("Open pages cannot be told: %s", error)
