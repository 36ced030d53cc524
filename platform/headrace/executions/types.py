"""Words of the executions app that others use, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from headrace_sdk.items import JsonObject, JsonValue


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


@dataclass(frozen=True, slots=True, kw_only=True)
class EmittedEvent:
    """An event that a step emits. `source` names the step, `hops` what led to it."""

    id: UUID
    kind: str
    data: JsonObject
    ordering_key: str
    source: JsonObject
    hops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedEvent:
    """A step waits for an event of this pattern that has `value` in `field`."""

    execution_id: UUID
    node: str
    run: str
    wait: str
    pattern: str
    field: str
    value: JsonValue
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An execution that has ended; `origin` is `beginning.Origin` or empty."""

    id: UUID
    number: int
    workflow_id: UUID
    workflow_name: str
    version_id: UUID
    trigger_node: str
    mode: str
    status: Status
    error: JsonObject | None
    origin: JsonObject
    last_seq: int


@dataclass(frozen=True, slots=True)
class Workers:
    """Live workers; `different` of them have other nodes than this process.

    `left` executions of the tenant wait for a worker that has their nodes.
    """

    count: int
    different: int
    left: int


TRIGGER_RUN: Final = "0"
"""The run key of the trigger, the only run that nothing led to."""
