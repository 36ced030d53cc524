"""Waits for the answer that a worker gives to a webhook of this process.

The worker publishes it in Redis after the flush that holds it. Whether Redis works or not, one
statement a second looks for executions that have ended meanwhile (engine-rules 36).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final
from uuid import UUID, uuid4

import orjson
import redis.asyncio as redis

from headrace.tenants.context import TenantRef
from headrace.tenants.endings import end

logger = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 1.0
RECONNECT_S: Final = 1.0

LookUp = Callable[[dict[UUID, TenantRef]], Coroutine[Any, Any, dict[UUID, dict[str, Any]]]]
"""Given open executions with their tenants, the answers of those that have one in the log."""


class Answers:
    """Open requests of this process by execution."""

    def __init__(self, url: str, look_up: LookUp) -> None:
        self.channel = f"answer:{uuid4().hex}"
        self._url = url
        self._look_up = look_up
        self._open: dict[UUID, tuple[TenantRef, asyncio.Future[dict[str, Any]]]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.is_connected = False

    def start(self) -> None:
        """Begin to listen; called inside the loop that serves requests."""
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._subscribe()),
                asyncio.create_task(self._look()),
            ]

    async def stop(self) -> None:
        """End listening."""
        await end(self._tasks)
        self._tasks = []

    def expect(self, execution_id: UUID, owner: TenantRef) -> asyncio.Future[dict[str, Any]]:
        """A future for the answer of an execution; call it before the execution can start."""
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._open[execution_id] = (owner, future)
        return future

    def forget(self, execution_id: UUID) -> None:
        """Nobody waits for this one any more."""
        self._open.pop(execution_id, None)

    def _settle(self, execution_id: UUID, answer: dict[str, Any]) -> None:
        known = self._open.get(execution_id)
        if known is not None and not known[1].done():
            known[1].set_result(answer)

    async def _subscribe(self) -> None:
        while True:
            try:
                client = redis.Redis.from_url(self._url, socket_connect_timeout=0.5, protocol=3)
                async with client.pubsub() as messages:
                    await messages.subscribe(self.channel)
                    self.is_connected = True
                    async for message in messages.listen():
                        if message["type"] == "message":
                            answer = orjson.loads(message["data"])
                            self._settle(UUID(answer["execution"]), answer)
            except (redis.RedisError, OSError) as error:
                logger.warning("Answers cannot be heard over Redis: %s", error)
            self.is_connected = False
            await asyncio.sleep(RECONNECT_S)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            waiting = {key: owner for key, (owner, _) in self._open.items()}
            if not waiting:
                continue
            try:
                for execution_id, answer in (await self._look_up(waiting)).items():
                    self._settle(execution_id, answer)
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                logger.warning("Answers cannot be read from the database: %s", error)
