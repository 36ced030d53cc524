"""Words of the executions app that others use, too."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where an execution stands."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    CRASHED = "crashed"


OPEN_STATUSES: Final = (Status.QUEUED, Status.RUNNING, Status.WAITING, Status.PAUSED)
ENDED_STATUSES: Final = (Status.COMPLETED, Status.FAILED, Status.CANCELLED, Status.CRASHED)
