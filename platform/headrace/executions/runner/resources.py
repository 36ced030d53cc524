"""What all executions of one worker process share: connections, clock, clients."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final, Self
from uuid import UUID

import orjson
import redis.asyncio as redis
from django.conf import settings as django_settings
from psycopg_pool import AsyncConnectionPool

from headrace.catalog.queries import catalog
from headrace.egress.client import EgressClient
from headrace.egress.client_transport import GuardedTransport
from headrace.egress.policy import EgressPolicy
from headrace.executions.doorbell import BREAK_S
from headrace.executions.isolated.processes import Processes
from headrace.executions.lease.beat import Beat
from headrace.executions.lease.claim import READER, Claim
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.lease.settings import WorkerSettings
from headrace.executions.ports import Live, ports
from headrace.executions.queue import sql
from headrace.llm.gateway import Gateway
from headrace_sdk.credentials import Credential, RequestAuth
from headrace_sdk.errors import SecretError

logger = logging.getLogger(__name__)

GIVE_BACK: Final = """
update run_queue set state = 'ready', worker = null, crashes = crashes + 1,
       lane = case when crashes >= 1 and lane not like 'command:%%' then 'careful' else lane end,
       due_at = clock_timestamp() + make_interval(secs => %(after_s)s)
where execution_id = %(execution)s and token = %(token)s and state = 'leased'
"""


class Resources:
    """Open it once a process, as an async context manager."""

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        clock: DatabaseClock,
        beat: Beat | None,
        settings: WorkerSettings,
    ) -> None:
        self.pool = pool
        self.clock = clock
        self.settings = settings
        self.is_draining = asyncio.Event()
        self.live: Live = ports.live
        self.processes = Processes()
        self._beat = beat
        self._clients: dict[UUID, EgressClient] = {}
        self._gateways: dict[UUID, Gateway] = {}
        self._policy = EgressPolicy.from_settings()
        self._redis: Any = redis.Redis.from_url(
            django_settings.REDIS_URL, socket_timeout=0.2, socket_connect_timeout=0.2
        )
        self._silent_until = 0.0

    async def __aenter__(self) -> Self:
        await self.live.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.live.stop()
        await self.processes.close()
        for client in self._clients.values():
            await client.close()
        for gateway in self._gateways.values():
            await gateway.close()
        await self._redis.aclose()

    def is_safe(self) -> bool:
        """May effects be begun under this worker's lease?"""
        return self._beat is None or self._beat.is_safe

    def http(self, tenant: UUID) -> EgressClient:
        """The tenant's HTTP client; connections are never shared between tenants (T-029)."""
        if tenant not in self._clients:
            self._clients[tenant] = EgressClient(self._policy, _apply)
        return self._clients[tenant]

    def llm(self, tenant: UUID) -> Gateway:
        """The tenant's way to language models; connections are not shared here, either."""
        if tenant not in self._gateways:
            self._gateways[tenant] = Gateway(GuardedTransport(self._policy))
        return self._gateways[tenant]

    async def answer(self, channel: str, told: dict[str, Any]) -> None:
        """Tell a waiting webhook; when Redis is away it finds out by itself."""
        await self._tell(self._redis.publish(channel, orjson.dumps(told)))

    async def answer_bell(self, lanes: tuple[str, ...]) -> None:
        """Let the next ring through, before looking into the queue (engine-rules 31)."""
        await self._tell(self._redis.delete(*(f"bell:{lane}" for lane in lanes)))

    async def give_back(self, held: Claim, *, after_s: float) -> None:
        """Return an execution that could not be driven, to be tried again later."""
        async with self.pool.connection() as connection:
            await connection.execute(
                GIVE_BACK,
                {"execution": held.execution_id, "token": held.token, "after_s": after_s},
            )

    async def leave_to_newer(self, held: Claim) -> None:
        """Return an execution whose log this release cannot read: it is no fault of its own."""
        given = {"execution": held.execution_id, "token": held.token, "reader": READER}
        async with self.pool.connection() as connection:
            await connection.execute(sql.LEAVE_TO_NEWER, given)

    async def _tell(self, command: Any) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._silent_until:
            command.close()
            return
        try:
            await command
        except (redis.RedisError, OSError) as error:
            self._silent_until = now + BREAK_S
            logger.warning("Redis does not answer; it is left alone for %s s: %s", BREAK_S, error)


def _apply(credential: Credential, auth: RequestAuth) -> None:
    kind = catalog().credential_type(credential.type)
    if kind is None:
        message = f'The credential type "{credential.type}" is not installed.'
        raise SecretError(message)
    kind.apply(credential, auth)
