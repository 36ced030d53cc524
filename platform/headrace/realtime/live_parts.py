"""Follows what the run of a message says and does, for a reader who is not a socket."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import redis.asyncio as redis
from channels.layers import get_channel_layer

from headrace.chats.parts import Part, parts_of
from headrace.realtime.names import WATCH_S, execution_group
from headrace.realtime.watching import Watches
from headrace.tenants.endings import end

logger = logging.getLogger(__name__)

WITHIN_S: Final = 0.5
"""Joining may not take longer; then there is nothing live."""

RENEW_S: Final = WATCH_S / 3


class ChannelsLiveParts:
    """Implements `headrace.triggers.ports.LiveParts` on Channels."""

    @asynccontextmanager
    async def following(self, tenant: UUID, execution: UUID) -> AsyncIterator[asyncio.Queue[Part]]:
        """A queue of parts; it stays empty while Redis does not answer."""
        parts: asyncio.Queue[Part] = asyncio.Queue()
        task = asyncio.create_task(_follow(execution_group(tenant, execution), parts))
        # Whoever streams at once should be heard, but nobody waits long for that.
        await asyncio.wait({task}, timeout=0.05)
        try:
            yield parts
        finally:
            await end([task])


async def _follow(group: str, parts: asyncio.Queue[Part]) -> None:
    layer: Any = get_channel_layer()
    watches = Watches()
    channel = ""
    renewing = asyncio.create_task(_renew(watches, group))
    try:
        async with asyncio.timeout(WITHIN_S):
            channel = await layer.new_channel()
            await layer.group_add(group, channel)
            await watches.announce([group], is_new=True)
        while True:
            for part in parts_of(await layer.receive(channel)):
                parts.put_nowait(part)
    except (redis.RedisError, OSError, TimeoutError) as error:
        logger.warning("A conversation cannot be followed live: %s", error)
    finally:
        await end([renewing])
        if channel:
            await layer.group_discard(group, channel)
        await watches.close()


async def _renew(watches: Watches, group: str) -> None:
    """An answer may take longer than a watch lasts."""
    while True:
        await asyncio.sleep(RENEW_S)
        await watches.announce([group], is_new=False)
