"""Who has a workflow open, and at which node they are: a hash in Redis that expires by itself.

Nothing of it is written to PostgreSQL, and without Redis nobody is seen.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson
import redis.asyncio as redis
from django.conf import settings

from headrace_sdk.items import JsonObject

logger = logging.getLogger(__name__)

GONE_S: Final = 30
"""Who has not been heard of for so long is gone: its process died."""

RENEW_TURNS: Final = 10
"""After so many beats (s) a page that is still there says so again."""

AT_MOST: Final = 50
"""Of a crowd the rest is not shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is. `holds` is the say over the node's parameters, since `at` (s)."""

    node: str | None
    holds: bool
    at: float


class Presence:
    """The people on one workflow, as one socket says and hears it."""

    def __init__(self, tenant: UUID, workflow: UUID, socket: str, person: JsonObject) -> None:
        self._key = f"{tenant.hex}:presence:{workflow.hex}"
        self._socket = socket
        self._person = person
        self._place: Place | None = None
        self._client: Any = None

    @property
    def is_here(self) -> bool:
        """Has this page said that somebody is at it?"""
        return self._place is not None

    async def come(self, node: str | None, *, holds: bool) -> None:
        """Say where this page is; the newest hold of a node counts."""
        before = self._place
        keeps = before is not None and holds and before.holds and before.node == node
        at = before.at if before is not None and keeps else time.time()
        self._place = Place(node, holds, at)
        await self.renew()

    async def renew(self) -> None:
        """Say it again, before it expires."""
        if self._place is None:
            return
        entry = {
            "person": self._person,
            "node": self._place.node,
            "holds": self._place.holds,
            "at": self._place.at,
            "until": time.time() + GONE_S,
        }
        try:
            async with self._redis().pipeline(transaction=False) as pipe:
                pipe.hset(self._key, self._socket, orjson.dumps(entry))
                pipe.expire(self._key, 2 * GONE_S)
                await pipe.execute()
        except (redis.RedisError, OSError) as error:
            logger.warning("Presence cannot be told: %s", error)

    async def leave(self) -> None:
        """Say that nobody is here any more."""
        if self._place is not None:
            self._place = None
            try:
                await self._redis().hdel(self._key, self._socket)
            except (redis.RedisError, OSError) as error:
                logger.warning("Presence cannot be taken back: %s", error)
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def people(self) -> list[JsonObject]:
        """All pages, as `{"id", "person": {"id", "name"}, "node", "holds", "at", "you"}`."""
        try:
            found = await self._redis().hgetall(self._key)
            entries = {name.decode(): orjson.loads(body) for name, body in found.items()}
            gone = [name for name, entry in entries.items() if entry["until"] < time.time()]
            if gone:
                await self._redis().hdel(self._key, *gone)
        except (redis.RedisError, OSError) as error:
            logger.warning("Presence cannot be read: %s", error)
            return []
        return [
            {
                "id": name,
                **{key: value for key, value in entry.items() if key != "until"},
                "you": name == self._socket,
            }
            for name, entry in sorted(entries.items())
            if name not in gone
        ][:AT_MOST]

    def _redis(self) -> Any:
        if self._client is None:
            self._client = redis.Redis.from_url(
                settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5
            )
        return self._client
