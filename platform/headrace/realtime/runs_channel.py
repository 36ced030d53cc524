"""The list of executions as a page follows it: told that one began or ended, it asks again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from headrace.realtime.channels import Page
from headrace.realtime.names import runs_group
from headrace.tenants.context import TenantRef
from headrace_sdk.items import JsonObject

APART_S: Final = 0.3
"""A page is told so often at most, however many executions begin or end."""

MESSAGE: Final[dict[str, Any]] = {"type": "runs.changed"}

_STEP: Final = "workflow.step."


def is_news(facts: Sequence[JsonObject]) -> bool:
    """Does a list of executions look different after these events? Steps are no news to it."""
    return any(not str(fact["type"]).startswith(_STEP) for fact in facts)


class RunsChannel:
    """Whether any execution of the tenant changed its status. It reads nothing itself."""

    def __init__(self, name: str, owner: TenantRef, page: Page) -> None:
        self.name = name
        self.group = runs_group(owner.id)
        self._send = page.send
        self._has_room = page.has_room
        self._is_due = False
        self._told_at = 0.0

    async def open(self) -> None:
        """Ask the page to read once: it may have missed something before it listened."""
        await self._tell()

    async def hint(self, message: dict[str, Any]) -> None:
        """What happens inside an execution is none of its business."""

    async def ephemeral(self, message: dict[str, Any]) -> None:
        """What happens inside an execution is none of its business."""

    async def changed(self) -> None:
        """Of a burst the first one and the next beat are told."""
        self._is_due = True
        if time.monotonic() - self._told_at >= APART_S:
            await self._tell()

    async def beat(self, turn: int) -> None:
        """Tell what was left over."""
        del turn
        if self._is_due:
            await self._tell()

    async def _tell(self) -> None:
        if not self._has_room():
            self._is_due = True
            return
        self._is_due = False
        self._told_at = time.monotonic()
        await self._send({"changed": True})
