"""A schedule as people and tools see it: when it comes next, whether it does, and who added it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, cast, get_args
from uuid import UUID

from headrace.triggers.drafted import drafted
from headrace.triggers.errors import InvalidSchedule
from headrace.triggers.models import Schedule
from headrace.triggers.planning import key
from headrace.triggers.schedules import Rule, first_time, rule_of
from headrace.workflows.types import Draft
from headrace_sdk.items import JsonObject
from headrace_sdk.registrations import ScheduleRegistration

Standing = Literal["waiting", "paused", "resting", "done", "draft"]
"""`resting`: until the workflow is active again. `done`: its single time has come. `draft`: it
comes with the draft's next version."""
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule. One of the draft has no id yet; `next_at` is empty where none is to come.

    Who added it, and in which execution, is empty for a trigger's own.
    """

    id: UUID | None
    workflow_id: UUID
    workflow_name: str
    node: str
    rule: Rule
    status: Standing
    next_at: datetime | None
    last_planned_at: datetime | None = None
    name: str = ""
    added_by: str = ""
    added_in: UUID | None = None

    @property
    def is_paused(self) -> bool:
        """Did somebody stop it?"""
        return self.status == "paused"


def row_of(schedule: Schedule, workflow_name: str) -> ScheduleRow:
    """One that is registered."""
    status = _status(schedule)
    return ScheduleRow(
        id=schedule.pk,
        workflow_id=schedule.workflow_id,
        workflow_name=workflow_name,
        node=schedule.node,
        rule=schedule.rule,
        status=status,
        next_at=schedule.next_at if status == "waiting" else None,
        last_planned_at=schedule.last_planned_at,
        name=schedule.name,
        added_by=schedule.added_by,
        added_in=schedule.added_in,
    )


def rows_to_come(draft: Draft, registered: Sequence[Schedule]) -> Iterator[ScheduleRow]:
    """Those of the draft's triggers that are not registered as they stand there."""
    known = {key(one.node, one.rule) for one in registered if not one.added_by}
    settings = cast("Mapping[str, Any]", draft.document.get("settings") or {})
    for node, registration in drafted(draft.document):
        if not isinstance(registration, ScheduleRegistration):
            continue
        try:
            rule = rule_of(registration, settings)
        except InvalidSchedule:
            continue  # the form says what is wrong with it
        if key(str(node["id"]), rule) not in known:
            yield ScheduleRow(
                id=None,
                workflow_id=draft.row.id,
                workflow_name=draft.row.name,
                node=str(node["id"]),
                rule=rule,
                status="draft",
                next_at=first_time(rule),
            )


def row_json(row: ScheduleRow) -> JsonObject:
    """What the API and tools tell of it."""
    return {
        "id": str(row.id) if row.id else None,
        "node": row.node,
        "name": row.name,
        "cron": list(row.rule["cron"]),
        "every_s": row.rule["interval_s"],
        "at": row.rule.get("at"),
        "timezone": row.rule["timezone"],
        "status": row.status,
        "next_at": _iso(row.next_at),
        "last_at": _iso(row.last_planned_at),
        "added_by": row.added_by or None,
        "added_in": str(row.added_in) if row.added_in else None,
    }


def _status(schedule: Schedule) -> Standing:
    if schedule.is_paused:
        return "paused"
    if schedule.next_at is None:
        return "done"
    return "waiting" if schedule.look_at else "resting"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
