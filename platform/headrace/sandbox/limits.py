"""How much one piece of a tenant's code may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use. `output_bytes` counts its result and what it printed, as JSON."""

    time_s: float = 30.0
    memory_bytes: int = 256 * MEGABYTE
    output_bytes: int = 16 * MEGABYTE


CODE: Final = Limits()
EXPRESSION: Final = Limits(time_s=0.1, memory_bytes=64 * MEGABYTE)
"""One expression; a batch may take so long for each, up to `BATCH_TIME_S` in all."""

BATCH_TIME_S: Final = 10.0
GRACE_S: Final = 1.0
"""The process is killed so long after the limit when it does not stop by itself."""
