"""Fires the timers of one execution by the database's clock."""

from __future__ import annotations

from collections.abc import Sequence

from headrace import engine
from headrace.engine import WaitUntil
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.waits import Waits


class Timers:
    """A timer of the engine is "append this event when it is due"."""

    def __init__(self, recorder: Recorder, waits: Waits, clock: DatabaseClock) -> None:
        self._recorder = recorder
        self._waits = waits
        self._clock = clock

    def due_in_s(self, commands: Sequence[engine.Command]) -> float | None:
        """Seconds until the earliest, 0 when it is over, `None` without any."""
        times = [one.at for one in commands if isinstance(one, WaitUntil)]
        now = self._clock.now()
        return max(0.0, (min(times) - now).total_seconds()) if times else None

    async def fire(self, commands: Sequence[engine.Command]) -> bool:
        """Report everything that is due; whether anything happened by that."""
        now = self._clock.now()
        fired = False
        for timer in commands:
            if isinstance(timer, WaitUntil) and timer.at <= now:
                fired |= await self._fire(timer.then)
        return fired

    async def _fire(self, event: engine.Event) -> bool:
        if isinstance(event, engine.StepResumed):
            return await self._waits.expire(event)
        if isinstance(event, engine.CancelRequested):
            self._recorder.happened(event, {"reason": event.reason})
        else:
            self._recorder.happened(event)
        return True
