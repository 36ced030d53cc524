"""Progress and streamed text of running steps, on their way to whoever watches.

They carry no number and are not stored (engine-rules 35). The worker keeps the latest of each
step while it runs and repeats it now and then, so that somebody who comes late sees it, too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.assignment import Assignment
from headrace.tenants.endings import end
from headrace_sdk.items import JsonObject

SEND_EVERY_S: Final = 0.1
REPEAT_EVERY_S: Final = 2.0
TEXT_KEPT: Final = 8_000
"""Characters of a step's live text; only the end of a longer one is shown."""


class Ephemeral:
    """Sends at most ten times a second, and nothing while nobody watches."""

    def __init__(self, given: Assignment, is_open: Callable[[RunId], bool]) -> None:
        self._given = given
        self._is_open = is_open
        self._loop = asyncio.get_running_loop()
        self._latest: dict[tuple[RunId, str], JsonObject] = {}
        self._changed: set[tuple[RunId, str]] = set()
        self._sending: asyncio.Task[None] | None = None
        self._repeated_at = 0.0

    def say(self, run: RunId, attempt: int, kind: str, data: JsonObject) -> None:
        """Take in what a running step shows; from any thread."""
        self._loop.call_soon_threadsafe(self._take, run, attempt, kind, data)

    def _take(self, run: RunId, attempt: int, kind: str, data: JsonObject) -> None:
        if not self._is_open(run):
            return
        key = (run, kind)
        if kind == "stream":
            before = str(self._latest.get(key, {}).get("text", ""))
            data = {"text": (before + str(data["text"]))[-TEXT_KEPT:]}
        fact: JsonObject = {"node": run[0], "run": run[1], "attempt": attempt, "kind": kind}
        self._latest[key] = fact | data
        self._changed.add(key)
        if self._sending is None or self._sending.done():
            self._sending = self._loop.create_task(self._send())

    def ended(self, run: RunId) -> None:
        """The step has a recorded end, which replaces what it showed."""
        if self._latest:
            for key in [key for key in self._latest if key[0] == run]:
                del self._latest[key]
                self._changed.discard(key)

    async def close(self) -> None:
        """Send nothing more."""
        if self._sending is not None:
            await end([self._sending])

    async def _send(self) -> None:
        held, live = self._given.held, self._given.resources.live
        workflow = self._given.workflow_id
        while self._latest:
            is_watched = live.is_watched(held.tenant_id, held.execution_id, workflow)
            if is_watched and (facts := self._due()):
                await live.publish_ephemeral(held.tenant_id, held.execution_id, workflow, facts)
            await asyncio.sleep(SEND_EVERY_S)

    def _due(self) -> list[JsonObject]:
        now = time.monotonic()
        if now - self._repeated_at >= REPEAT_EVERY_S:
            self._repeated_at = now
            self._changed.clear()
            return [*self._latest.values()]
        changed = [self._latest[key] for key in self._changed]
        self._changed.clear()
        return changed
