"""The gate: `/webhook/*`, `/mcp` and hosted pages, in front of Django, fifteen times as fast.

A 2xx is sent only after the execution, its input and its queue row are committed (P-1). Without
PostgreSQL the answer is 503 with Retry-After; without Redis everything is accepted all the same.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import psycopg
from django import db
from django.conf import settings
from psycopg_pool import PoolTimeout

from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.queries import aby_host
from headrace.triggers.gate import hosts, replies
from headrace.triggers.gate import receive as receiving
from headrace.triggers.gate.acceptance import Acceptance
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
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages import outcomes
from headrace.triggers.gate.pages.serving import Pages
from headrace.triggers.gate.tools.serving import PLACES, ToolServer, own_server
from headrace.triggers.paths import PAGE_KINDS
from headrace_sdk.errors import HeadraceError
from headrace_sdk.registrations import PageRegistration

logger = logging.getLogger(__name__)

PREFIXES: Final = tuple(
    f"/{kind}{suffix}/" for kind in ("webhook", *sorted(PAGE_KINDS)) for suffix in ("", "-test")
)

DATABASE_ERRORS = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    PoolTimeout,
    db.OperationalError,
    db.InterfaceError,
)

is_called: Final = re.compile("/webhook|/mcp").match
"""Is it a program that asks? People get pages in place of problems."""

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]


class Gate:
    """Serves webhooks itself and hands everything else to Django."""

    def __init__(self, inner: AsgiApp) -> None:
        self._inner = inner
        self._acceptance = Acceptance()
        self._pages = Pages(self._acceptance)
        self._tools = ToolServer(self._acceptance)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if hosts.is_hidden(scope):
            await hosts.hide(scope, receive, send, _unknown())
            return
        if scope["type"] != "http" or not _is_ours(scope["path"]):
            await self._inner(scope, receive, send)
            return
        try:
            answer = await self._serve(request_of(scope), receive)
        except ClientGone:
            return
        await send_answer(send, answer if is_called(scope["path"]) else outcomes.readable(answer))

    async def close(self) -> None:
        """Give back what was opened."""
        await self._acceptance.close()

    async def _serve(self, request: Request, receive: Receive) -> Answer:
        try:
            content = await read_body(request, receive, settings.HEADRACE_MAX_BODY_BYTES)
            owner = await aby_host(request.host)
            if owner is None:
                return _unknown()
            if elsewhere := hosts.to_the_pages(request, owner):
                return elsewhere
            with tenant(owner):
                if request.path in PLACES or own_server(request.path):
                    return await self._tools.serve(request, content, owner)
                return await self._receive(request, content, owner)
        except ClientGone:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must hear of it
            return _refusal(error)

    async def _receive(self, request: Request, content: bytes, owner: TenantRef) -> Answer:
        prefix, _, inner = request.path.removeprefix("/").partition("/")
        kind, _, test = prefix.partition("-")
        method = request.method if kind == "webhook" else kind
        # What is remembered may be the version before the present one; then it is looked up anew.
        for _ in range(2):
            trigger = await self._acceptance.find(owner, method, inner, is_test=test == "test")
            if trigger is None:
                break
            if isinstance(trigger.registration, PageRegistration):
                answer = await self._pages.serve(trigger, request, content, owner)
            else:
                answer = await self._called(trigger, request, content, owner)
            if answer is not None:
                return answer
            self._acceptance.forget(owner, method, inner)
        return _unknown()

    async def _called(
        self,
        trigger: Registered,
        request: Request,
        content: bytes,
        owner: TenantRef,
    ) -> Answer | None:
        """Accept a call; `None` when the trigger's version is no longer the active one."""
        if refused := await _refused(trigger, request, content):
            return refused
        arrival = await receiving.arrival_of(trigger, request, content)
        key = receiving.delivery(trigger, request.headers)
        begun = self._acceptance.beginning(trigger, arrival, dedupe_key=key)
        async with self._acceptance.accepted(begun, owner) as accepted:
            if accepted is None:
                return None
            if accepted.answer is None:
                return replies.accepted(trigger, accepted.ref.id)
            told = await self._acceptance.told(accepted)
        if told is None:
            answer = replies.accepted(trigger, accepted.ref.id)
            answer.status = 202
            return answer
        return await replies.answer_for(trigger, told)


async def _refused(trigger: Registered, request: Request, content: bytes) -> Answer | None:
    """Why this caller may not start the workflow."""
    if not receiving.is_admitted(trigger, request):
        return problem(403, "address_not_allowed", "Requests from your address are not taken.")
    if not await receiving.is_allowed(trigger, request, content):
        return problem(401, "not_authenticated", "The request is not signed as it must be.")
    return None


def _is_ours(path: str) -> bool:
    return path.startswith(PREFIXES) or path in PLACES or bool(own_server(path))


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
