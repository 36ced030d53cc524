"""`ctx.state` and `ctx.coordination` of one attempt, on the tenant's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import orjson

from headrace.executions import log
from headrace.executions.runner.journal import Journal, Rider
from headrace.state import actions
from headrace.state.actions import Stand, Window
from headrace.state.types import Asker, Shared
from headrace.tenants.threads import in_thread
from headrace_sdk.coordination import Gathered, Keep, Place, Rate, Turn
from headrace_sdk.items import Item, JsonValue
from headrace_sdk.state import Scope, checked_key, encoded, increased, lengthened

EXECUTION_S = 400 * 86_400.0
"""How long values of one execution are kept after their last change: longer than any wait."""

Answer = TypeVar("Answer")
Settle = Callable[[], Awaitable[None]]


class Doorway:
    """Carries operations to the database: after the run's past, in a thread, each with a number.

    The number tells equal operations of one run apart, so that a later attempt finds its answers.
    """

    def __init__(self, asker: Asker, journal: Journal) -> None:
        self.asker = asker
        self._journal = journal
        self._calls: Counter[tuple[str, Shared]] = Counter()

    async def read(self, shared: Shared) -> bytes | None:
        """A committed value; what earlier steps have set is committed first."""
        if self._journal.has_riders:
            await self.settle()
        return await in_thread(actions.read, shared)

    async def once(
        self, act: Callable[..., Answer], shared: Shared, *given: Any, **named: Any
    ) -> Answer:
        """The answer of an operation that is carried out once for the run."""
        await self.settle()
        call = self._calls[act.__name__, shared]
        self._calls[act.__name__, shared] += 1
        return await in_thread(act, self.asker, call, shared, *given, **named)

    async def settle(self) -> None:
        """Make durable what led here (engine-rules 11)."""
        await self._journal.flush()


class RunState:
    """See `headrace_sdk.state.State`."""

    def __init__(self, doorway: Doorway) -> None:
        self._doorway = doorway
        self._set: dict[Shared, tuple[bytes | None, float | None]] = {}

    async def get(self, key: str, default: Any = None, *, scope: Scope = "workflow") -> Any:
        """What this attempt has set, else what is committed."""
        shared = self._shared(scope, key)
        found = self._set[shared][0] if shared in self._set else await self._doorway.read(shared)
        return default if found is None else orjson.loads(found)

    def set(
        self, key: str, value: JsonValue, *, ttl_s: float | None = None, scope: Scope = "workflow"
    ) -> None:
        """Note a value for the completion."""
        self._set[self._shared(scope, key)] = (encoded(value), _life(scope, ttl_s))

    def delete(self, key: str, *, scope: Scope = "workflow") -> None:
        """Note for the completion that the value goes."""
        self._set[self._shared(scope, key)] = (None, None)

    async def incr(
        self, key: str, by: float = 1, *, ttl_s: float | None = None, scope: Scope = "workflow"
    ) -> float:
        """Add to a number; the new number."""
        shared = self._shared(scope, key)
        if shared in self._set:
            total = increased(await self.get(key, scope=scope), by)
            self.set(key, total, ttl_s=ttl_s, scope=scope)
            return total
        return await self._doorway.once(actions.incr, shared, by, _life(scope, ttl_s))

    async def append(
        self,
        key: str,
        value: JsonValue,
        *,
        ttl_s: float | None = None,
        scope: Scope = "workflow",
    ) -> int:
        """Add to a list; its new length."""
        shared = self._shared(scope, key)
        if shared in self._set:
            longer = lengthened(await self.get(key, scope=scope), value)
            self.set(key, longer, ttl_s=ttl_s, scope=scope)
            return len(longer)
        return await self._doorway.once(actions.append, shared, value, _life(scope, ttl_s))

    async def compare_set(
        self,
        key: str,
        expected: JsonValue,
        value: JsonValue,
        *,
        ttl_s: float | None = None,
        scope: Scope = "workflow",
    ) -> bool:
        """Keep a value if `expected` is kept now; was it so?"""
        shared = self._shared(scope, key)
        if shared not in self._set:
            return await self._doorway.once(
                actions.compare_set, shared, expected, value, ttl_s=_life(scope, ttl_s)
            )
        is_equal = encoded(await self.get(key, scope=scope)) == encoded(expected)
        if is_equal:
            self.set(key, value, ttl_s=ttl_s, scope=scope)
        return is_equal

    def travel_with(self, journal: Journal, schema: str) -> None:
        """Let what was set take effect together with the events of the next flush."""
        for shared in sorted(self._set, key=lambda one: (one.owner, one.key)):
            statement = actions.statement(schema, shared, *self._set[shared])
            journal.attach(Rider(*statement))
        self._set.clear()

    def _shared(self, scope: Scope, key: str) -> Shared:
        return Shared.of(self._doorway.asker, scope, key)


class RunCoordination:
    """See `headrace_sdk.coordination.Coordination`."""

    def __init__(self, doorway: Doorway) -> None:
        self._doorway = doorway

    async def take(
        self, key: str, wanted: int, rate: Rate, *, waits: bool, scope: Scope = "workflow"
    ) -> Turn:
        """Take tokens of a bucket."""
        shared = self._shared(scope, key)
        return await self._doorway.once(actions.take, shared, wanted, rate, waits=waits)

    async def acquire(
        self, key: str, *, slots: int, lease_s: float, waits: bool, scope: Scope = "workflow"
    ) -> Place:
        """Hold a slot of a lock, or stand in line."""
        options = {"slots": slots, "lease_s": lease_s, "waits": waits}
        return await self._place(actions.acquire, scope, key, **options)

    async def release(self, key: str, *, scope: Scope = "workflow") -> bool:
        """Give up a slot."""
        shared = self._shared(scope, key)
        return await self._doorway.once(actions.release, shared)

    async def may_pass(self, key: str, *, cool_down_s: float, scope: Scope = "workflow") -> bool:
        """May this run go through the breaker?"""
        return await self._doorway.once(actions.may_pass, self._shared(scope, key), cool_down_s)

    async def report(
        self, key: str, *, failed: bool, threshold: int, scope: Scope = "workflow"
    ) -> bool:
        """Tell the breaker how it went."""
        shared = self._shared(scope, key)
        return await self._doorway.once(actions.report, shared, failed=failed, threshold=threshold)

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
        """Join a burst."""
        block, window = log.encode_block(items), Window(window_s, keep, at_most)
        stand = await self._place(actions.gather, scope, key, block, len(items), window)
        return _gathered(stand)

    async def collect(self, key: str, *, scope: Scope = "workflow") -> Gathered:
        """What became of the burst."""
        return _gathered(await self._place(actions.collect, scope, key))

    async def _place(
        self, act: Callable[..., Answer], scope: Scope, key: str, *given: Any, **named: Any
    ) -> Answer:
        """Ask for the place of the run, which is the same however often it asks."""
        await self._doorway.settle()
        ask = partial(act, self._doorway.asker, self._shared(scope, key), *given, **named)
        return await in_thread(ask)

    def _shared(self, scope: Scope, key: str) -> Shared:
        return Shared.of(self._doorway.asker, scope, checked_key(key))


def _life(scope: Scope, ttl_s: float | None) -> float | None:
    return EXECUTION_S if ttl_s is None and scope == "execution" else ttl_s


def _gathered(stand: Stand) -> Gathered:
    items = tuple(item for block in stand.blocks for item in log.decode_block(block))
    return Gathered(stand.state, stand.due_at, items)
