"""The budgets of one workflow that it carries with it: for each of its runs, and for a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts.types import Actor
from headrace.llm import actions
from headrace.llm.models import Budget
from headrace.llm.types import Period, Scope

PER_RUN: Final = (Scope.RUN, Period.TOTAL)
PER_DAY: Final = (Scope.WORKFLOW, Period.DAY)


@transaction.atomic
def limit_workflow(
    actor: Actor, workflow_id: UUID, name: str, *, run_micro: int | None, day_micro: int | None
) -> None:
    """Make, change or drop both budgets; `None` is no limit. Whoever calls checks the right."""
    for (scope, period), limit, of in (
        (PER_RUN, run_micro, "each run"),
        (PER_DAY, day_micro, "a day"),
    ):
        known = Budget.objects.filter(workflow_id=workflow_id, scope=scope, period=period)
        row = known.select_for_update().order_by("created_at").first()
        if row is not None and limit is None:
            actions.drop_budget(actor, row)
        elif limit is not None and (row is None or row.limit_micro != limit or not row.is_on):
            row = row or Budget(scope=scope, period=period, workflow_id=workflow_id)
            row.name, row.limit_micro, row.is_on = f"{name[:80]}, {of}", limit, True
            actions.keep_budget(actor, row)


def limits_of_workflows(
    workflow_ids: Collection[UUID],
) -> Mapping[UUID, tuple[int | None, int | None]]:
    """What each may cost for a run and for a day, in millionths of a dollar."""
    found: dict[UUID, tuple[int | None, int | None]] = {}
    rows = Budget.objects.filter(workflow_id__in=workflow_ids, is_on=True).order_by("-created_at")
    for row in rows:
        assert row.workflow_id is not None  # it is among those that were asked for
        run, day = found.get(row.workflow_id, (None, None))
        kind = (Scope(row.scope), Period(row.period))
        found[row.workflow_id] = (
            row.limit_micro if kind == PER_RUN else run,
            row.limit_micro if kind == PER_DAY else day,
        )
    return found
