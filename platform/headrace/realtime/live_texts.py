"""Follows what the steps of one execution stream, for somebody who is not a socket."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import redis.asyncio as redis
from channels.layers import get_channel_layer

from headrace.realtime.names import execution_group
from headrace.realtime.watching import Watches
from headrace.tenants.endings import end

logger = logging.getLogger(__name__)

WITHIN_S: Final = 0.5
"""Joining may not take longer; then there is no live text."""


class ChannelsLiveTexts:
    """Implements `headrace.triggers.ports.LiveTexts` on Channels."""

    @asynccontextmanager
    async def following(self, tenant: UUID, execution: UUID) -> AsyncIterator[asyncio.Queue[str]]:
        """A queue of texts; it stays empty while Redis does not answer."""
        texts: asyncio.Queue[str] = asyncio.Queue()
        task = asyncio.create_task(_follow(execution_group(tenant, execution), texts))
        # Whoever streams at once should be heard, but nobody waits long for that.
        await asyncio.wait({task}, timeout=0.05)
        try:
            yield texts
        finally:
            await end([task])


async def _follow(group: str, texts: asyncio.Queue[str]) -> None:
    layer: Any = get_channel_layer()
    watches = Watches()
    channel = ""
    try:
        async with asyncio.timeout(WITHIN_S):
            channel = await layer.new_channel()
            await layer.group_add(group, channel)
            await watches.announce([group], is_new=True)
        while True:
            message = await layer.receive(channel)
            if message["type"] == "ephemeral":
                for fact in message["facts"]:
                    if fact["kind"] == "stream":
                        texts.put_nowait(str(fact["text"]))
    except (redis.RedisError, OSError, TimeoutError) as error:
        logger.warning("Live texts cannot be followed: %s", error)
    finally:
        if channel:
            await layer.group_discard(group, channel)
        await watches.close()
