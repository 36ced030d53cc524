"""`ctx.coordination` in memory: tests say what others did, and see what the node asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from headrace_sdk.coordination import Gathered, Keep, Place, Rate, Turn
from headrace_sdk.items import Item
from headrace_sdk.state import Scope, checked_key

NOON: Final = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class MemoryCoordination:
    """The only run there is: everything is free, nobody else came. Set a field to change that.

    `asked` has every call as (method, key, facts).
    """

    free_tokens: float | None = None
    place: Place = field(
        default_factory=lambda: Place("held", NOON, until=NOON + timedelta(minutes=5), fence=1)
    )
    is_held: bool = True
    is_closed: bool = True
    gathered: Gathered | None = None
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    _items: Sequence[Item] = ()

    async def take(
        self, key: str, wanted: int, rate: Rate, *, waits: bool, scope: Scope = "workflow"
    ) -> Turn:
        """All of them, unless `free_tokens` says that there are fewer."""
        self._note("take", key, wanted=wanted, rate=rate, waits=waits, scope=scope)
        free = rate.burst if self.free_tokens is None else self.free_tokens
        if not waits:
            return Turn(min(wanted, int(free)))
        missing_s = (wanted - free) * rate.per_s / rate.tokens
        return Turn(wanted, NOON + timedelta(seconds=missing_s) if missing_s > 0 else None)

    async def acquire(
        self, key: str, *, slots: int, lease_s: float, waits: bool, scope: Scope = "workflow"
    ) -> Place:
        """`place`."""
        self._note("acquire", key, slots=slots, lease_s=lease_s, waits=waits, scope=scope)
        return self.place

    async def release(self, key: str, *, scope: Scope = "workflow") -> bool:
        """`is_held`."""
        self._note("release", key, scope=scope)
        return self.is_held

    async def may_pass(self, key: str, *, cool_down_s: float, scope: Scope = "workflow") -> bool:
        """`is_closed`."""
        self._note("may_pass", key, cool_down_s=cool_down_s, scope=scope)
        return self.is_closed

    async def report(
        self, key: str, *, failed: bool, threshold: int, scope: Scope = "workflow"
    ) -> bool:
        """Closed, unless this was a failure and one is enough."""
        self._note("report", key, failed=failed, threshold=threshold, scope=scope)
        return not (failed and threshold <= 1)

    async def gather(
        self,
        key: str,
        items: Sequence[Item],
        *,
        window_s: float,
        keep: Keep,
        at_most: int,
        scope: Scope = "workflow",
    ) -> Gathered:
        """`gathered`; without it this run leads."""
        self._note("gather", key, window_s=window_s, keep=keep, at_most=at_most, scope=scope)
        self._items = items
        return self.gathered or Gathered("leads", NOON + timedelta(seconds=window_s))

    async def collect(self, key: str, *, scope: Scope = "workflow") -> Gathered:
        """`gathered`; without it this run goes on with its own items."""
        self._note("collect", key, scope=scope)
        return self.gathered or Gathered("goes", items=self._items)

    def _note(self, method: str, key: str, **facts: Any) -> None:
        self.asked.append((method, checked_key(key), facts))
