"""The gate: `/webhook/*` and `/webhook-test/*` in front of Django, fifteen times as fast.

A 2xx is sent only after the execution, its input and its queue row are committed (P-1). Without
PostgreSQL the answer is 503 with Retry-After; without Redis everything is accepted all the same.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

import psycopg
from django import db
from django.conf import settings
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from headrace.executions.doorbell import doorbell
from headrace.executions.queries import answers_of
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.queries import aby_host
from headrace.triggers.gate import receive as receiving
from headrace.triggers.gate import replies
from headrace.triggers.gate.answers import Answers
from headrace.triggers.gate.body import Unreadable
from headrace.triggers.gate.http import (
    Answer,
    BodyTooLarge,
    ClientGone,
    Receive,
    Request,
    Scope,
    Send,
    problem,
    read_body,
    request_of,
    send_answer,
)
from headrace.triggers.gate.lookup import Registered, TriggerCache
from headrace_sdk.errors import HeadraceError

logger = logging.getLogger(__name__)

PREFIXES: Final = ("/webhook/", "/webhook-test/")
WITHOUT_REDIS_S: Final = 0.4
"""So long a caller waits for an answer while Redis is out (engine-rules 36)."""

DATABASE_ERRORS = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    PoolTimeout,
    db.OperationalError,
    db.InterfaceError,
)

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]


class Gate:
    """Serves webhooks itself and hands everything else to Django."""

    def __init__(self, inner: AsgiApp) -> None:
        self._inner = inner
        self._triggers = TriggerCache()
        self._answers = Answers(settings.REDIS_URL, answers_of)
        self._pool: AsyncConnectionPool[Any] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIXES):
            await self._inner(scope, receive, send)
            return
        try:
            answer = await self._serve(request_of(scope), receive)
        except ClientGone:
            return
        await send_answer(send, answer)

    async def _serve(self, request: Request, receive: Receive) -> Answer:
        try:
            content = await read_body(request, receive, settings.HEADRACE_MAX_BODY_BYTES)
            owner = await aby_host(request.host)
            if owner is None:
                return _unknown()
            with tenant(owner):
                return await self._receive(request, content, owner)
        except ClientGone:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must hear of it
            return _refusal(error)

    async def _receive(self, request: Request, content: bytes, owner: TenantRef) -> Answer:
        prefix, _, inner = request.path.removeprefix("/").partition("/")
        is_test = prefix == "webhook-test"
        pool = await self._opened()
        # What is remembered may be the version before the present one; then it is looked up anew.
        for _ in range(2):
            trigger = await self._triggers.find(
                pool, owner.id, request.method, inner, is_test=is_test
            )
            if trigger is None:
                break
            if not await receiving.is_allowed(trigger, request, content):
                return problem(401, "not_authenticated", "The request is not signed as it must be.")
            answer = await self._begin(trigger, request, content, owner)
            if answer is not None:
                return answer
            self._triggers.forget(owner.id, request.method, inner)
        return _unknown()

    async def _begin(
        self,
        trigger: Registered,
        request: Request,
        content: bytes,
        owner: TenantRef,
    ) -> Answer | None:
        """Accept a request; `None` when the trigger's version is no longer the active one."""
        arrival = await receiving.arrival_of(trigger, request, content)
        waits = trigger.registration.respond != "immediately"
        channel = self._answers.channel if waits else None
        begun = receiving.beginning(trigger, arrival, request, answer_to=channel)
        future = self._answers.expect(begun.execution_id, owner) if waits else None
        try:
            pool = await self._opened()
            async with pool.connection() as connection:
                ref = await receiving.accept(connection, begun)
            if ref is None:
                return None
            if ref.is_new:
                doorbell().ring(begun.lane)
            if future is None or not ref.is_new:
                return replies.accepted(trigger, ref.id)
            return await self._wait(trigger, future, ref.id)
        finally:
            if waits:
                self._answers.forget(begun.execution_id)

    async def _wait(
        self, trigger: Registered, future: asyncio.Future[dict[str, Any]], execution: Any
    ) -> Answer:
        """Wait for the answer as long as it makes sense to."""
        waited, _ = await asyncio.wait({future}, timeout=WITHOUT_REDIS_S)
        if not waited and not doorbell().is_broken and self._answers.is_connected:
            limit = settings.HEADRACE_RESPOND_TIMEOUT_S
            waited, _ = await asyncio.wait({future}, timeout=limit - WITHOUT_REDIS_S)
        if not waited:
            answer = replies.accepted(trigger, execution)
            answer.status = 202
            return answer
        return await replies.answer_for(trigger, future.result())

    async def _opened(self) -> AsyncConnectionPool[Any]:
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                settings.DATABASE_URL,
                min_size=1,
                max_size=8,
                kwargs={"autocommit": True},
                open=False,
                timeout=2.0,
                check=None,
                reconnect_timeout=5.0,
            )
            await self._pool.open()
            self._answers.start()
        return self._pool


def _refusal(error: Exception) -> Answer:
    """Why nothing was accepted."""
    if isinstance(error, BodyTooLarge):
        limit = settings.HEADRACE_MAX_BODY_BYTES
        return problem(413, "body_too_large", f"The body may have at most {limit} bytes.")
    if isinstance(error, Unreadable):
        return problem(400, error.code, error.detail, path=error.path)
    if isinstance(error, DATABASE_ERRORS):
        logger.warning("A webhook was refused, the database does not answer: %s", error)
        return problem(503, "unavailable", "Nothing was accepted. Try again.", retry_after_s=5)
    if isinstance(error, HeadraceError):
        status = getattr(error, "status", 422)
        wait_s = 5 if status == 503 else None
        return problem(status, error.code, error.message, retry_after_s=wait_s)
    logger.error("A webhook failed at the gate; nothing was accepted.", exc_info=error)
    return problem(500, "internal_error", "Nothing was accepted. The error is logged.")


def _unknown() -> Answer:
    """The same words for a wrong host, path or method, and for what is not published."""
    return problem(404, "webhook_not_found", "No active workflow answers at this address.")
