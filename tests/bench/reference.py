"""n8n's figures and what Headrace wants to reach: a third of its best, a tenth of its default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Reference:
    """n8n 2.41.1, SQLite, saving on: its default expression engine and its faster legacy one."""

    default: float
    best: float

    @property
    def aim(self) -> float:
        """The stricter of the two wishes."""
        return min(self.best / 3, self.default / 10)


# Of a range the lower, stricter end.
CPU_MS: Final = {
    "plain": Reference(40, 10),
    "fields": Reference(60, 10),
    "chain-20": Reference(91, 23),
    "chain-99": Reference(121, 42),
    "code-all": Reference(59, 19),
}
"""Web and workers together, milliseconds an execution, by scenario."""

TOOK_MS: Final = {
    "items-1000": Reference(2_000, 260),
    "items-10000": Reference(26_800, 3_900),
    "parallel": Reference(594, 594),
}
"""Milliseconds from post to answer at one connection, by scenario."""

BOOT_S: Final = Reference(5.4, 4.7)
BOOT_AIM_S: Final = 10.0
IDLE_MB: Final = Reference(860, 510)
IDLE_AIM_MB: Final = 700.0
