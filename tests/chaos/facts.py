"""What is known when the faults are over: values only, so that checks need no stack."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from headrace.executions.log import Event


@dataclass(frozen=True)
class Run:
    """One execution: its row, its log, and what a fold of the log gives.

    `mark` is that of the delivery which began it; `segments` are first and last number of each.
    """

    id: str
    tenant: str
    kind: str
    mark: str
    status: str
    last_seq: int
    segments: tuple[tuple[int, int], ...]
    events: tuple[Event, ...]
    refolded: str
    is_queued: bool
    canaries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Resources:
    """What all programs together hold."""

    memory_mb: float
    files: int
    connections: int


@dataclass(frozen=True)
class Facts:
    """Everything that the invariants are about.

    `calls` counts the stub's calls by path without query; `asks` names the node of each kind that
    is never repeated unasked; `leased` are executions in the hands of a worker without a lease,
    `unsettled` those that could go on and did not in all the time that they had.
    """

    accepted: dict[str, set[str]]
    runs: tuple[Run, ...]
    calls: Counter[str]
    asks: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    busiest: Counter[str] = field(default_factory=Counter)
    leased: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    before: Resources = Resources(0, 0, 0)
    after: Resources = Resources(0, 0, 0)
