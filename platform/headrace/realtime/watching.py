"""The browser's side: keeps the registry of watched groups up to date."""

from __future__ import annotations

import logging
import time
from typing import Any

import redis.asyncio as redis
from django.conf import settings

from headrace.realtime.names import WATCH_S, WATCHED, WATCHING

logger = logging.getLogger(__name__)


class Watches:
    """Announces watches in Redis. Without Redis sockets live on their own reading."""

    def __init__(self) -> None:
        self._client: Any = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5
        )

    async def announce(self, groups: list[str], *, is_new: bool) -> None:
        """Say that these groups are watched for the next `WATCH_S` seconds."""
        if not groups:
            return
        until = time.time() + WATCH_S
        try:
            async with self._client.pipeline(transaction=False) as pipe:
                pipe.zadd(WATCHED, dict.fromkeys(groups, until))
                pipe.zremrangebyscore(WATCHED, "-inf", time.time())
                if is_new:
                    for group in groups:
                        pipe.publish(WATCHING, group)
                await pipe.execute()
        except (redis.RedisError, OSError) as error:
            logger.warning("Watches cannot be announced: %s", error)

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()
