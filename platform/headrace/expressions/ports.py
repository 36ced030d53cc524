"""What expressions need from above, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Crossing:
    """One visit to the sandbox; `job` is what `sandbox/guest/expressions.js` reads.

    `parts` is how many evaluations it holds, `sources` is looked through for time zones. `now` is
    the time that `new Date()` gives, in `timezone`; `seed` decides `Math.random()`.
    """

    job: JsonObject
    parts: int
    sources: Sequence[str]
    now: datetime
    timezone: str = "UTC"
    seed: int = 0


class JavaScript(Protocol):
    """A sandbox for expressions beyond the quick evaluator. What it answers is the guest's.

    Raises:
        HeadraceError: there is none, or the whole visit took too much.
    """

    def why_not(self) -> str | None:
        """Why nothing can be run here, as a sentence; `None` where it can."""
        ...

    def visit(self, crossing: Crossing) -> JsonObject:
        """The answer; blocks until it is there."""
        ...

    async def await_visit(self, crossing: Crossing) -> JsonObject:
        """The answer, without blocking the loop."""
        ...


@dataclass(slots=True)
class Ports:
    """Without a sandbox what needs one is refused."""

    javascript: JavaScript | None = None


ports = Ports()
