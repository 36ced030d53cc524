"""Reads what workers brought after they had lost an execution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from headrace.executions import log
from headrace.executions.history import Step
from headrace.executions.queue.models import LateResult


@dataclass(frozen=True, slots=True)
class Late:
    """A result that arrived too late to count."""

    event: log.Event
    arrived_at: datetime

    @property
    def status(self) -> str:
        """How the attempt ended: `completed` or `failed`."""
        return self.event.type.rpartition(".")[2]


def late_results(execution_id: UUID, steps: Iterable[Step]) -> list[Late]:
    """Those of steps that have no result of their own: else it was only computed twice."""
    done = {(step.node, step.run) for step in steps if step.status == "completed"}
    rows = LateResult.objects.filter(execution_id=execution_id).order_by("id")
    return [
        Late(event, row.arrived_at)
        for row in rows
        for event in log.decode_segment(row.body, 1)
        if (event.node, event.run) not in done
    ]
