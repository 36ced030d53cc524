"""Fires the timers of one execution by the database's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from headrace import engine
from headrace.engine import WaitUntil
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.waits import Waits

AGAIN_S: Final = 0.1
"""A timer that somebody beat is due again after this long, should the news of it be late."""


class Timers:
    """A timer of the engine is "append this event when it is due"."""

    def __init__(self, recorder: Recorder, waits: Waits, clock: DatabaseClock) -> None:
        self._recorder = recorder
        self._waits = waits
        self._clock = clock
        self._again: dict[str, datetime] = {}

    def due_in_s(self, commands: Sequence[engine.Command]) -> float | None:
        """Seconds until the earliest, 0 when it is over, `None` without any."""
        times = [self._due(one) for one in commands if isinstance(one, WaitUntil)]
        now = self._clock.now()
        return max(0.0, (min(times) - now).total_seconds()) if times else None

    async def fire(self, commands: Sequence[engine.Command]) -> bool:
        """Report everything that is due; whether anything happened by that."""
        now = self._clock.now()
        fired = False
        for timer in commands:
            if isinstance(timer, WaitUntil) and self._due(timer) <= now:
                has_happened = await self._fire(timer.then)
                if not has_happened:
                    self._again[timer.id] = now + timedelta(seconds=AGAIN_S)
                fired |= has_happened
        return fired

    def _due(self, timer: WaitUntil) -> datetime:
        return max(timer.at, self._again.get(timer.id, timer.at))

    async def _fire(self, event: engine.Event) -> bool:
        if isinstance(event, engine.StepResumed):
            return await self._waits.expire(event)
        if isinstance(event, engine.CancelRequested):
            self._recorder.happened(event, {"reason": event.reason})
        else:
            self._recorder.happened(event)
        return True
