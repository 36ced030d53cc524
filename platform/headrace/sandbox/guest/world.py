"""What a running job sees of the outside: a clock, chance, and when its time is over."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class World:
    """What the running job sees of the outside. One job runs at a time.

    `epoch_ms` is the time that its clock begins with; `chance` gives its random bytes.
    """

    epoch_ms: float = 0.0
    started: float = 0.0
    deadline: float = float("inf")
    share_ends: float = float("inf")
    stands: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311

    def begin(self, *, now_ms: float, seed: int, time_s: float, stands: bool = False) -> None:
        """A new job; the clock `stands` where the same must always come to the same."""
        self.stands = stands
        self.epoch_ms, self.started = now_ms, time.monotonic()
        self.deadline = self.started + time_s
        self.chance = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def allow(self, cpu_s: float) -> None:
        """What follows may take so much processor time: waiting for a busy machine is no fault."""
        self.share_ends = time.process_time() + cpu_s

    def end(self) -> None:
        """No job is running."""
        self.deadline = self.share_ends = float("inf")

    @property
    def is_late(self) -> bool:
        """Is the time of the job used up, or its present share of the processor?"""
        return self.is_over(0.0)

    def is_over(self, slack_s: float) -> bool:
        """The same so much later."""
        if time.monotonic() >= self.deadline + slack_s:
            return True
        return time.process_time() >= self.share_ends + slack_s

    def nanoseconds(self) -> int:
        """The clock of the job."""
        if self.stands:
            return int(self.epoch_ms * 1e6)
        return int(self.epoch_ms * 1e6 + (time.monotonic() - self.started) * 1e9)
