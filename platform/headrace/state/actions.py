"""The one door to shared state: what gives an answer is carried out once for each run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from headrace.state import breakers, bursts, entries, locks, throttle
from headrace.state.bursts import Stand, Window
from headrace.state.once import once
from headrace.state.types import Asker, Shared
from headrace_sdk.coordination import Rate, Turn
from headrace_sdk.items import JsonValue

statement = entries.statement
read = entries.read
acquire = locks.acquire
gather = bursts.gather
hand_on_locks = locks.hand_on_all
collect = bursts.collect


def incr(asker: Asker, call: int, shared: Shared, by: float, ttl_s: float | None) -> float:
    """Add to a number; the new number."""
    answer = _once(asker, "incr", call, shared, lambda: entries.incr(shared, by, ttl_s))
    return cast("float", answer)


def append(asker: Asker, call: int, shared: Shared, value: JsonValue, ttl_s: float | None) -> int:
    """Add to a list; its new length."""
    answer = _once(asker, "append", call, shared, lambda: entries.append(shared, value, ttl_s))
    return cast("int", answer)


def compare_set(
    asker: Asker,
    call: int,
    shared: Shared,
    expected: JsonValue,
    value: JsonValue,
    *,
    ttl_s: float | None,
) -> bool:
    """Put a value in the place of `expected`; was that there?"""
    return bool(
        _once(
            asker,
            "compare_set",
            call,
            shared,
            lambda: entries.compare_set(shared, expected, value, ttl_s),
        )
    )


def take(asker: Asker, call: int, shared: Shared, wanted: int, rate: Rate, *, waits: bool) -> Turn:
    """Take tokens of a bucket."""
    answer = _once(
        asker, "take", call, shared, lambda: throttle.take(shared, wanted, rate, waits=waits)
    )
    granted, at = cast("tuple[int, str | None]", answer)
    return Turn(granted, None if at is None else datetime.fromisoformat(at))


def may_pass(asker: Asker, call: int, shared: Shared, cool_down_s: float) -> bool:
    """May a run go through the breaker?"""
    answer = _once(asker, "pass", call, shared, lambda: breakers.may_pass(shared, cool_down_s))
    return bool(answer)


def report(asker: Asker, call: int, shared: Shared, *, failed: bool, threshold: int) -> bool:
    """Tell the breaker how it went; is it closed now?"""
    answer = _once(
        asker,
        "report",
        call,
        shared,
        lambda: breakers.report(shared, failed=failed, threshold=threshold),
    )
    return bool(answer)


def release(asker: Asker, call: int, shared: Shared) -> bool:
    """Give up a slot of a lock; false if it was lost before."""
    return bool(_once(asker, "release", call, shared, lambda: locks.release(asker, shared)))


def _once(
    asker: Asker, kind: str, call: int, shared: Shared, act: Callable[[], JsonValue]
) -> JsonValue:
    name = f"{shared.owner.hex}:{shared.key}"
    return once(asker.operation(kind, name, call), asker.execution_id, act)


__all__ = [
    "Stand",
    "Window",
    "acquire",
    "append",
    "collect",
    "compare_set",
    "gather",
    "hand_on_locks",
    "incr",
    "may_pass",
    "read",
    "release",
    "report",
    "statement",
    "take",
]
