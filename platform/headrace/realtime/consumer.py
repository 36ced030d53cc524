"""The socket of a page: it subscribes to executions and workflows and hears their facts."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from headrace.accounts.permissions import can
from headrace.accounts.queries import actor_by_session_key
from headrace.accounts.types import Actor
from headrace.realtime.audit_channel import AuditChannel
from headrace.realtime.channels import ExecutionChannel, Page
from headrace.realtime.inbox import InboxChannel
from headrace.realtime.runs_channel import RunsChannel
from headrace.realtime.watching import Watches
from headrace.realtime.workflow_channel import LONGEST_NODE, WorkflowChannel
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.queries import aby_host

logger = logging.getLogger(__name__)

SESSION_EXPIRED: Final = 4401
MAX_CHANNELS: Final = 50
BEAT_S: Final = 1.0
RENEW_TURNS: Final = 4
"""After so many beats the session is asked for again: who signed out is gone in 5 s (S-044)."""

UNACKNOWLEDGED: Final = 200
"""So many frames may be under way before the page must acknowledge."""

_LISTS: Final = {"audit": "audit.view", "inbox": "approval.view", "runs": "execution.view"}
"""Channels of the whole tenant, and what it takes to follow them."""

Channel = ExecutionChannel | WorkflowChannel | AuditChannel | InboxChannel | RunsChannel


class PageConsumer(AsyncWebsocketConsumer):  # type: ignore[misc] # untyped library
    """One socket. Every access to data happens inside its own tenant."""

    async def connect(self) -> None:
        """Let in whoever is signed in here and comes from a page of ours (S-044)."""
        self.channels: dict[str, Channel] = {}
        self.id = secrets.token_hex(8)
        self.watches = Watches()
        self.sent = 0
        self.acknowledged = 0
        self.beat: asyncio.Task[None] | None = None
        headers = {name: value.decode("latin-1") for name, value in self.scope["headers"]}
        host = headers.get(b"host", "")
        owner = await aby_host(host)
        if owner is None or not _same_origin(headers.get(b"origin"), host):
            await self.close()
            return
        self.tenant: TenantRef = owner
        actor = await self._actor(headers.get(b"cookie", ""))
        await self.accept()
        if actor is None:
            await self.close(SESSION_EXPIRED)
            return
        self.actor: Actor = actor
        self.beat = asyncio.create_task(self._beat())

    async def disconnect(self, code: int) -> None:
        """Leave every group."""
        del code
        if self.beat is not None:
            self.beat.cancel()
        for name in list(self.channels):
            await self._unsubscribe(name)
        await self.watches.close()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame of the page."""
        del bytes_data
        try:
            frame = orjson.loads(text_data or "")
        except orjson.JSONDecodeError:
            frame = None
        if not isinstance(frame, dict):
            await self.send_frame({"error": "invalid_frame"})
            return
        with tenant(self.tenant):
            await self._handle(frame)

    async def facts(self, message: dict[str, Any]) -> None:
        """Committed events, from the channel layer."""
        await self._each(lambda channel: channel.hint(message))

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """Progress and streamed text, from the channel layer."""
        await self._each(lambda channel: channel.ephemeral(message))

    async def inbox_changed(self, message: dict[str, Any]) -> None:
        """An approval was opened or closed, from the channel layer."""
        del message
        await self._changed(InboxChannel)

    async def runs_changed(self, message: dict[str, Any]) -> None:
        """An execution began, ended or waits, from the channel layer."""
        del message
        await self._changed(RunsChannel)

    async def draft_saved(self, message: dict[str, Any]) -> None:
        """A draft was saved, from the channel layer."""
        await self._each_workflow(lambda channel: channel.draft_saved(message))

    async def people_changed(self, message: dict[str, Any]) -> None:
        """Somebody came to a workflow, went or moved, from the channel layer."""
        await self._each_workflow(lambda channel: channel.people_changed(message))

    def has_room(self) -> bool:
        """Does the page keep up? Else events wait in PostgreSQL until it acknowledges (R-024)."""
        return self.sent - self.acknowledged < UNACKNOWLEDGED

    async def send_frame(self, frame: dict[str, Any]) -> None:
        """Send one frame, numbered so that the page can acknowledge it."""
        self.sent += 1
        await self.send(text_data=orjson.dumps({**frame, "n": self.sent}).decode())

    async def _handle(self, frame: dict[str, Any]) -> None:
        if "sub" in frame:
            await self._subscribe(str(frame["sub"]), frame.get("after"))
        elif "unsub" in frame:
            await self._unsubscribe(str(frame["unsub"]))
        elif "at" in frame:
            await self._place(frame)
        elif "ack" in frame and isinstance(frame["ack"], int):
            was_full = not self.has_room()
            self.acknowledged = max(self.acknowledged, min(frame["ack"], self.sent))
            if was_full:
                await self._each(lambda channel: channel.beat(0))
        elif "ping" in frame:
            await self.send_frame({"pong": frame["ping"]})

    async def _subscribe(self, name: str, after: object) -> None:
        if len(self.channels) >= MAX_CHANNELS or name in self.channels:
            await self._unsubscribe(name)
        channel = await self._channel(name, after if isinstance(after, int) else 0)
        if isinstance(channel, str):
            await self.send_frame({"ch": name, "error": channel})
            return
        self.channels[name] = channel
        # Join before reading: what is committed in between arrives by the group (design 4.3).
        await self.channel_layer.group_add(channel.group, self.channel_name)
        await self.watches.announce([channel.group], is_new=True)
        await channel.open()

    async def _place(self, frame: dict[str, Any]) -> None:
        """`{"at": "workflow:<id>", "node": "<id>" | null, "holds": true}`: where somebody is."""
        channel = self.channels.get(str(frame["at"]))
        node = frame.get("node")
        if not isinstance(channel, WorkflowChannel):
            return
        if node is None or (isinstance(node, str) and len(node) <= LONGEST_NODE):
            await channel.come(node, holds=frame.get("holds") is True)

    async def _channel(self, name: str, after: int) -> Channel | str:
        """The channel, or why it may not be followed."""
        kind, _, raw = name.partition(":")
        page = Page(self._sender(name), self.has_room, self.id)
        if name in _LISTS:
            return self._list(name, page) if can(self.actor, _LISTS[name]) else "forbidden"
        try:
            wanted = UUID(raw)
        except ValueError:
            return "not_found"
        if kind == "execution":
            return await ExecutionChannel.find(
                name, self.tenant, self.actor, wanted, after=after, page=page
            )
        if kind == "workflow":
            return await WorkflowChannel.find(name, self.tenant, self.actor, wanted, page)
        return "not_found"

    def _list(self, name: str, page: Page) -> Channel:
        if name == "inbox":
            return InboxChannel(name, self.tenant, self.actor, page)
        if name == "audit":
            return AuditChannel(name, self.tenant, page)
        return RunsChannel(name, self.tenant, page)

    def _sender(self, name: str) -> Callable[[dict[str, Any]], Coroutine[Any, Any, None]]:
        async def send(frame: dict[str, Any]) -> None:
            await self.send_frame({"ch": name, **frame})

        return send

    async def _unsubscribe(self, name: str) -> None:
        channel = self.channels.pop(name, None)
        if channel is None:
            return
        await self.channel_layer.group_discard(channel.group, self.channel_name)
        if isinstance(channel, WorkflowChannel):
            await channel.leave()

    async def _each(self, act: Callable[[Channel], Coroutine[Any, Any, None]]) -> None:
        with tenant(self.tenant):
            for channel in list(self.channels.values()):
                await act(channel)

    async def _changed(self, kind: type[InboxChannel | RunsChannel]) -> None:
        with tenant(self.tenant):
            for channel in list(self.channels.values()):
                if isinstance(channel, kind):
                    await channel.changed()

    async def _each_workflow(
        self, act: Callable[[WorkflowChannel], Coroutine[Any, Any, None]]
    ) -> None:
        with tenant(self.tenant):
            for channel in list(self.channels.values()):
                if isinstance(channel, WorkflowChannel):
                    await act(channel)

    async def _beat(self) -> None:
        """Looks into PostgreSQL now and then, so that a lost hint or Redis costs a second."""
        turn = 0
        while True:
            await asyncio.sleep(BEAT_S)
            turn += 1
            try:
                with tenant(self.tenant):
                    for channel in list(self.channels.values()):
                        await channel.beat(turn)
                    if turn % RENEW_TURNS == 0:
                        await self._renew()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 - the next beat may succeed
                logger.warning("A socket could not catch up: %s", error)

    async def _renew(self) -> None:
        await self.watches.announce([one.group for one in self.channels.values()], is_new=False)
        if await self._actor_again() is None:
            await self.close(SESSION_EXPIRED)

    async def _actor(self, cookies: str) -> Actor | None:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
        self.session_key = morsel.value if morsel else ""
        with tenant(self.tenant):
            return await self._actor_again()

    async def _actor_again(self) -> Actor | None:
        actor: Actor | None = await database_sync_to_async(actor_by_session_key)(self.session_key)
        return actor


def _same_origin(origin: str | None, host: str) -> bool:
    """Browsers always send Origin with a socket; a page of another site is refused."""
    return origin is not None and urlsplit(origin).netloc.lower() == host.lower()
