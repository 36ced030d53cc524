"""What the scheduler does again and again; `headrace.conf.wiring` fills the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(slots=True)
class Duty:
    """Something to be done every so many seconds. Several schedulers may do it at once."""

    name: str
    do: Callable[[], object]
    every_s: float
    due_at: float = 0.0


duties: Final[list[Duty]] = []
