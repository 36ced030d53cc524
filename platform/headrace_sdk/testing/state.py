"""`ctx.state` in memory, by the rules of the real one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from headrace_sdk.items import JsonValue
from headrace_sdk.state import Scope, checked_key, encoded, increased, lengthened


@dataclass(slots=True)
class MemoryState:
    """Give the same one to several runs, and they share it. `lives_s` notes the TTLs given."""

    values: dict[tuple[Scope, str], bytes] = field(default_factory=dict)
    lives_s: dict[tuple[Scope, str], float] = field(default_factory=dict)

    async def get(self, key: str, default: Any = None, *, scope: Scope = "workflow") -> Any:
        """The value, or `default`."""
        kept = self.values.get((scope, checked_key(key)))
        return default if kept is None else json.loads(kept)

    def set(
        self, key: str, value: JsonValue, *, ttl_s: float | None = None, scope: Scope = "workflow"
    ) -> None:
        """Keep a value; here it holds at once."""
        self.values[scope, checked_key(key)] = encoded(value)
        if ttl_s is not None:
            self.lives_s[scope, key] = ttl_s

    def delete(self, key: str, *, scope: Scope = "workflow") -> None:
        """Forget a value."""
        self.values.pop((scope, checked_key(key)), None)

    async def incr(
        self, key: str, by: float = 1, *, ttl_s: float | None = None, scope: Scope = "workflow"
    ) -> float:
        """Add to a number; the new number."""
        total = increased(await self.get(key, scope=scope), by)
        self.set(key, total, ttl_s=ttl_s, scope=scope)
        return total

    async def append(
        self,
        key: str,
        value: JsonValue,
        *,
        ttl_s: float | None = None,
        scope: Scope = "workflow",
    ) -> int:
        """Add to a list; its new length."""
        longer = lengthened(await self.get(key, scope=scope), value)
        self.set(key, longer, ttl_s=ttl_s, scope=scope)
        return len(longer)

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
        if encoded(await self.get(key, scope=scope)) != encoded(expected):
            return False
        self.set(key, value, ttl_s=ttl_s, scope=scope)
        return True
