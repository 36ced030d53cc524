"""How much one piece of a tenant's code may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use. `output_bytes` counts its result and what it printed, as JSON.

    `each_s` is for one of its expressions.
    """

    time_s: float = 30.0
    memory_bytes: int = 256 * MEGABYTE
    output_bytes: int = 16 * MEGABYTE
    each_s: float = 0.1


CODE: Final = Limits()
EXPRESSIONS: Final = Limits(time_s=30.0, memory_bytes=64 * MEGABYTE)
"""All expressions of a node, for as many items as go in one batch."""

GRACE_S: Final = 1.0
"""The process is killed so long after the limit when it does not stop by itself."""
