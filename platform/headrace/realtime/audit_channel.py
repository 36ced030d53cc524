"""The audit record as a page follows it: told that it has grown, it asks again."""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async

from headrace.audit.queries import newest
from headrace.realtime.channels import Page
from headrace.realtime.names import audit_group
from headrace.tenants.context import TenantRef


class AuditChannel:
    """Whether something was recorded since the last look.

    Nobody rings it: entries are written by every part of the platform, and one number tells.
    """

    def __init__(self, name: str, owner: TenantRef, page: Page) -> None:
        self.name = name
        self.group = audit_group(owner.id)
        self._send = page.send
        self._has_room = page.has_room
        self._told = -1

    async def open(self) -> None:
        """Ask the page to read once: it may have missed something before it listened."""
        await self.beat(0)

    async def hint(self, message: dict[str, Any]) -> None:
        """Executions are none of its business."""

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """Executions are none of its business."""

    async def beat(self, turn: int) -> None:
        """Look, and tell of what is new."""
        del turn
        if not self._has_room():
            return
        seq = await database_sync_to_async(newest)()
        if seq != self._told:
            self._told = seq
            await self._send({"changed": True})
