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
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311

    def begin(self, *, now_ms: float, seed: int, time_s: float) -> None:
        """A new job."""
        self.epoch_ms, self.started = now_ms, time.monotonic()
        self.deadline = self.started + time_s
        self.chance = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def end(self) -> None:
        """No job is running."""
        self.deadline = float("inf")

    @property
    def is_late(self) -> bool:
        """Is the time of the job used up?"""
        return time.monotonic() >= self.deadline

    def nanoseconds(self) -> int:
        """The clock of the job."""
        return int(self.epoch_ms * 1e6 + (time.monotonic() - self.started) * 1e9)
