"""`ctx.coordination`: what executions agree on with each other, by a key that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from headrace_sdk.items import Item
from headrace_sdk.state import Scope

Keep = Literal["last", "first"]


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tokens in so many seconds, of which `burst` may be taken at once."""

    tokens: float
    per_s: float
    burst: float


@dataclass(frozen=True, slots=True)
class Turn:
    """How many of the wanted tokens are granted, and from when on; `None`: from now on."""

    granted: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place at a lock. `fence` grows with every grant, so that a late holder can be told.

    `until` is the end of the lease while held, and when to ask again while waiting. `asked_at` is
    the time of the answer.
    """

    state: Literal["held", "waiting", "refused"]
    asked_at: datetime
    until: datetime | None = None
    fence: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """Where an execution stands in a burst.

    It leads and waits until `due_at`; it has been collapsed into another one; or it goes on with
    the items of all.
    """

    state: Literal["leads", "collapsed", "goes"]
    due_at: datetime | None = None
    items: Sequence[Item] = ()


class Coordination(Protocol):
    """Rates, locks, breakers and bursts, shared by all runs of a workflow or of the tenant.

    Every answer holds for the run, not for the attempt: asked again after a crash or a retry,
    the same run gets the same answer. Keys follow the rules of `ctx.state`.
    """

    async def take(
        self, key: str, wanted: int, rate: Rate, *, waits: bool, scope: Scope = "workflow"
    ) -> Turn:
        """Take tokens: all of them for later when it `waits`, else those that are there now."""
        ...

    async def acquire(
        self, key: str, *, slots: int, lease_s: float, waits: bool, scope: Scope = "workflow"
    ) -> Place:
        """Take a place among `slots`, or a place in the line, whose first is woken when it can go.

        A place is lost when its lease runs out, and given up when the execution ends.
        """
        ...

    async def release(self, key: str, *, scope: Scope = "workflow") -> bool:
        """Give up the place that this execution holds; false if it was lost before."""
        ...

    async def may_pass(self, key: str, *, cool_down_s: float, scope: Scope = "workflow") -> bool:
        """Is the breaker closed, or is this the one that may try whether it can be closed?"""
        ...

    async def report(
        self, key: str, *, failed: bool, threshold: int, scope: Scope = "workflow"
    ) -> bool:
        """Tell the breaker how it went; is it closed now? `threshold` failures in a row open it."""
        ...

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
        """Join the burst of a key, or begin one."""
        ...

    async def collect(self, key: str, *, scope: Scope = "workflow") -> Gathered:
        """What became of the burst that this run joined, now that it was woken."""
        ...
