"""How bad a failed run is, for error triggers that do not hear of everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from headrace.bus.failure_notes import WATCHED
from headrace.executions.beginning import Origin
from headrace.executions.types import Ended, Status
from headrace_sdk.registrations import Severity

ORDER: Final[tuple[Severity, ...]] = ("notice", "error", "critical")


def severity_of(ended: Ended) -> Severity:
    """Of a run that failed or crashed."""
    if ended.status is Status.CRASHED:
        return "critical"
    is_by_hand = ended.mode in WATCHED or cast("Origin", ended.origin).get("by_hand")
    return "notice" if is_by_hand else "error"


def severities_up_to(found: Severity) -> Sequence[Severity]:
    """What a trigger that hears of `found` can have asked for as the least."""
    return ORDER[: ORDER.index(found) + 1]
