"""Inbox and bell as a socket follows them: told of changes, with a look of its own now and then."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from channels.db import database_sync_to_async

from headrace.accounts.types import Actor
from headrace.approvals import queries as approvals
from headrace.approvals.types import ApprovalRow
from headrace.notifications import queries as notifications
from headrace.realtime.channels import Page
from headrace.realtime.names import inbox_group
from headrace.tenants.context import TenantRef
from headrace_sdk.items import JsonObject

APART_S: Final = 0.3
"""Looks are at least so far apart, however many approvals change at one moment."""

LOOK_TURNS: Final = 15
"""After so many beats (s) it looks unasked: that long a change is late when Redis is lost."""


class InboxChannel:
    """For the person at the page: what waits, what is unread, and each approval that changes."""

    def __init__(self, name: str, owner: TenantRef, actor: Actor, page: Page) -> None:
        self.name = name
        self.group = inbox_group(owner.id)
        self._actor = actor
        self._send = page.send
        self._since: datetime | None = None
        self._told: dict[UUID, object] = {}
        self._is_due = False
        self._looked_at = 0.0
        self._unread = 0

    async def open(self) -> None:
        """Say how many wait."""
        await self._look(is_first=True)

    async def hint(self, message: dict[str, Any]) -> None:
        """Executions are none of its business."""

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """Executions are none of its business."""

    async def changed(self) -> None:
        """An approval was opened or closed; of a burst the first one and the next beat look."""
        self._is_due = True
        if time.monotonic() - self._looked_at >= APART_S:
            await self._look(is_first=False)

    async def beat(self, turn: int) -> None:
        """Look if something was left over, and now and then in case nobody told."""
        if self._is_due or turn % LOOK_TURNS == 0:
            await self._look(is_first=False)

    async def _look(self, *, is_first: bool) -> None:
        self._is_due = False
        self._looked_at = time.monotonic()
        inbox = await database_sync_to_async(approvals.inbox)(self._actor, self._since)
        unread = await database_sync_to_async(notifications.unread)(self._actor)
        is_new, self._unread = unread != self._unread, unread
        counts: dict[str, Any] = {"notifications": unread}
        news: list[ApprovalRow] = []
        if inbox is not None:
            counts["approvals"] = inbox.open
            news = [row for row in inbox.changed if self._told.get(row.id) != _stand(row)]
            self._since = inbox.seen_at
            # A change may be read twice, since it becomes visible after its time.
            self._told = {row.id: _stand(row) for row in inbox.changed}
        if is_first:
            await self._send({"counts": counts, "beat": 0})
        elif news:
            await self._send({"counts": counts, "events": [_notice(row) for row in news]})
        elif is_new:
            await self._send({"counts": counts})


def _stand(row: ApprovalRow) -> object:
    """What pages are told of when it changes: the state, and who is asked."""
    return row.state, row.assignees


def _notice(row: ApprovalRow) -> JsonObject:
    return {
        "type": "approval.opened" if row.state == "open" else "approval.closed",
        "approval": {
            "id": str(row.id),
            "title": row.title,
            "state": row.state.value,
            "execution": {"id": str(row.execution_id), "number": row.execution_number},
            "workflow": {"id": str(row.workflow_id), "name": row.workflow_name},
            "decided_by": row.decided_by,
        },
    }
