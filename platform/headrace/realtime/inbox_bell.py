"""Tells the open inboxes of a tenant that an approval was opened or closed."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final
from uuid import UUID

import redis.asyncio as redis
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from headrace.realtime.names import inbox_group

logger = logging.getLogger(__name__)

LONGEST_S: Final = 0.5
MESSAGE: Final[dict[str, Any]] = {"type": "inbox.changed"}


class ChannelsInboxBell:
    """Implements `headrace.approvals.ports.InboxBell` on Channels."""

    def __init__(self) -> None:
        self._ringing: set[asyncio.Task[None]] = set()

    def ring(self, tenant: UUID) -> None:
        """Ring in the loop that is at work here, or at once where there is none."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            async_to_sync(_send)(tenant)
            return
        task = loop.create_task(_send(tenant))
        self._ringing.add(task)
        task.add_done_callback(self._ringing.discard)


async def _send(tenant: UUID) -> None:
    try:
        async with asyncio.timeout(LONGEST_S):
            await get_channel_layer().group_send(inbox_group(tenant), MESSAGE)
    except (redis.RedisError, OSError, TimeoutError) as error:
        logger.warning("Inboxes cannot be told: %s", error)
