"""The worker's side: publishes committed events to the groups that somebody watches.

Who watches stands in Redis. A worker hears of new watches at once and reads the whole list every
few seconds, so publishing for nobody costs nothing (engine-rules 35).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import redis.asyncio as redis
from channels.layers import get_channel_layer
from django.conf import settings

from headrace.realtime.names import (
    WATCH_S,
    WATCHED,
    WATCHING,
    execution_group,
    runs_group,
    workflow_group,
)
from headrace.realtime.runs_channel import MESSAGE, is_news
from headrace.tenants.endings import end
from headrace_sdk.items import JsonObject

logger = logging.getLogger(__name__)

READ_EVERY_S: Final = 5.0
INLINE_BYTES: Final = 8 * 1024
"""Larger batches are announced by number only; the socket reads them from PostgreSQL."""


class ChannelsLive:
    """Implements `headrace.executions.ports.Live` on Channels."""

    def __init__(self) -> None:
        self._watched: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to follow who watches what."""
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End following. The channel layer closes its connections with the loop."""
        if self._task is not None:
            await end([self._task])
            self._task = None

    def is_watched(self, tenant: UUID, execution: UUID, workflow: UUID) -> bool:
        """Does anybody look at this execution, its workflow or the list of executions?"""
        if not self._watched:
            return False
        now = time.time()
        groups = (*_groups(tenant, execution, workflow), runs_group(tenant))
        return any(self._watched.get(group, 0) > now for group in groups)

    async def publish(
        self, tenant: UUID, execution: UUID, workflow: UUID, facts: Sequence[JsonObject]
    ) -> None:
        """Committed events, in order."""
        message: dict[str, Any] = {
            "type": "facts",
            "execution": str(execution),
            "from": facts[0]["seq"],
            "to": facts[-1]["seq"],
        }
        if sum(len(str(fact)) for fact in facts) <= INLINE_BYTES:
            message["facts"] = list(facts)
        await self._send(_groups(tenant, execution, workflow), message)
        if is_news(facts):
            await self._send([runs_group(tenant)], MESSAGE)

    async def publish_ephemeral(
        self, tenant: UUID, execution: UUID, workflow: UUID, facts: Sequence[JsonObject]
    ) -> None:
        """Progress and streamed text."""
        message = {"type": "ephemeral", "execution": str(execution), "facts": list(facts)}
        await self._send(_groups(tenant, execution, workflow), message)

    async def _send(self, groups: Sequence[str], message: dict[str, Any]) -> None:
        layer = get_channel_layer()
        now = time.time()
        for group in groups:
            if self._watched.get(group, 0) <= now:
                continue
            try:
                async with asyncio.timeout(0.5):
                    await layer.group_send(group, message)
            except (redis.RedisError, OSError, TimeoutError) as error:
                logger.warning("Live updates cannot be sent: %s", error)

    async def _follow(self) -> None:
        while True:
            try:
                client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5)
                async with client, client.pubsub() as messages:
                    await messages.subscribe(WATCHING)
                    await self._listen(client, messages)
            except (redis.RedisError, OSError) as error:
                logger.warning("Watches cannot be followed: %s", error)
                await asyncio.sleep(1)

    async def _listen(self, client: Any, messages: Any) -> None:
        read_at = 0.0
        while True:
            if time.monotonic() - read_at > READ_EVERY_S:
                read_at = time.monotonic()
                rows = await client.zrange(
                    WATCHED, time.time(), "+inf", byscore=True, withscores=True
                )
                self._watched = {name.decode(): until for name, until in rows}
            message = await messages.get_message(ignore_subscribe_messages=True, timeout=1.0)
            if message is not None:
                self._watched[message["data"].decode()] = time.time() + WATCH_S


def _groups(tenant: UUID, execution: UUID, workflow: UUID) -> tuple[str, str]:
    return execution_group(tenant, execution), workflow_group(tenant, workflow)
