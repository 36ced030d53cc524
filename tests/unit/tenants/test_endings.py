"""Background tasks end, however a library treats what it is told."""

from __future__ import annotations

import asyncio

import pytest

from headrace.tenants import endings


async def deaf(told: list[str]) -> None:
    """Loses the first cancellation, as redis-py does now and then on Python 3.11."""
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            told.append("cancelled")
            if len(told) > 1:
                raise


def test_a_task_that_loses_a_cancellation_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "AGAIN_S", 0.01)
    told: list[str] = []

    async def main() -> bool:
        task = asyncio.create_task(deaf(told))
        await asyncio.sleep(0)
        await endings.end([task])
        return task.cancelled()

    assert asyncio.run(main())
    assert told == ["cancelled", "cancelled"]


def test_tasks_that_have_ended_are_left_alone() -> None:
    async def main() -> bool:
        task = asyncio.create_task(asyncio.sleep(0))
        await task
        await endings.end([task])
        return task.cancelled()

    assert not asyncio.run(main())
