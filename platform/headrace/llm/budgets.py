"""What may still be spent: read and changed under the budget's row, so that calls take turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet, Sum

from headrace.accounts.types import SYSTEM
from headrace.audit import actions as audit
from headrace.llm.errors import BudgetSpent
from headrace.llm.models import Budget, Call
from headrace.llm.periods import start_of
from headrace.llm.types import Caller, Period, Scope, State
from headrace.outbox import actions as outbox
from headrace_sdk.items import JsonObject

ANNOUNCE: Final = "event.announce"
"""The topic of what is to become an event of the tenant: `{"type", "data"}`."""

ALERT: Final = "llm.budget_reached"
"""The topic of what people are to be told of; the payload is that of the event."""

ALERT_PERCENT: Final = 80
MARKS: Final = (ALERT_PERCENT, 100)
"""A budget is told of when it passes these shares."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One budget as a call meets it; `held_micro` is what calls under way may yet cost."""

    row: Budget
    spent_micro: int
    held_micro: int

    @property
    def percent(self) -> int:
        """How much of it is used, in flight included."""
        used = self.spent_micro + self.held_micro
        return 100 * used // self.row.limit_micro if self.row.limit_micro else 100


def standings(caller: Caller, now: datetime, *, lock: bool) -> Sequence[Standing]:
    """Every budget that a call counts for. Locked in the order of their ids, until the end."""
    return [
        Standing(row, _spent(row, caller, now), _held(row, caller, now))
        for row in _applying(caller, lock=lock)
    ]


def refuse_spent(found: Sequence[Standing]) -> None:
    """Do nothing if something is left of every budget.

    A call is let in while the rest is above zero, whatever it will cost itself; what is under
    way counts as spent at its worst. So all together go over by less than the last call let in.

    Raises:
        BudgetSpent: nothing is left of one.
    """
    for one in found:
        if one.spent_micro + one.held_micro >= one.row.limit_micro:
            raise BudgetSpent(one.row.name, one.row.limit_micro)


def charge(caller: Caller, cost_micro: int, now: datetime) -> None:
    """Count what a call cost, and tell of every mark that it took a budget past."""
    for row in _applying(caller, lock=True):
        after = _spent(row, caller, now)
        if row.scope == Scope.RUN:
            # The ledger has this call already.
            before = after - cost_micro
        else:
            before, after = after, after + cost_micro
            row.spent_micro = after
            row.save(update_fields=["spent_micro", "period_start"])
        for mark in _passed(row, before, after):
            _tell(row, mark, after, caller)


def counted_anew(row: Budget, now: datetime) -> None:
    """Set the counter of a new or changed budget to what the ledger says."""
    row.period_start = start_of(Period(row.period), now)
    calls = _calls_of(row, None).filter(ended_at__gte=row.period_start)
    row.spent_micro = _sum(calls, "cost_micro")


def _applying(caller: Caller, *, lock: bool) -> Iterator[Budget]:
    scopes = Q(workflow_id=None)
    if caller.workflow_id is not None:
        scopes |= Q(workflow_id=caller.workflow_id)
    rows = Budget.objects.filter(scopes, is_on=True).order_by("id")
    yield from rows.select_for_update() if lock else rows


def _spent(row: Budget, caller: Caller, now: datetime) -> int:
    if row.scope == Scope.RUN:
        return _sum(_calls_of(row, caller).exclude(state=State.OPEN), "cost_micro")
    start = start_of(Period(row.period), now)
    if row.period_start != start:
        row.period_start, row.spent_micro = start, 0
    return row.spent_micro


def _held(row: Budget, caller: Caller, now: datetime) -> int:
    under_way = _calls_of(row, caller).filter(state=State.OPEN, deadline__gt=now)
    return _sum(under_way, "reserved_micro")


def _calls_of(row: Budget, caller: Caller | None) -> QuerySet[Call]:
    calls = Call.objects.all()
    if row.scope == Scope.WORKFLOW:
        return calls.filter(workflow_id=row.workflow_id)
    if row.scope == Scope.RUN and caller is not None:
        return calls.filter(execution_id=caller.execution_id)
    return calls


def _sum(calls: QuerySet[Call], column: str) -> int:
    return int(calls.aggregate(total=Sum(column))["total"] or 0)


def _passed(row: Budget, before: int, after: int) -> Iterator[int]:
    for mark in MARKS:
        at = row.limit_micro * mark / 100
        if before < at <= after:
            yield mark


def _tell(row: Budget, mark: int, spent_micro: int, caller: Caller) -> None:
    facts: JsonObject = {
        "budget": str(row.id),
        "name": row.name,
        "scope": row.scope,
        "percent": mark,
        "spent_micro": spent_micro,
        "limit_micro": row.limit_micro,
        "workflow": str(caller.workflow_id) if caller.workflow_id else None,
        "execution": str(caller.execution_id),
    }
    audit.record(SYSTEM.value, "llm_budget.reached", "llm_budget", row.id, facts)
    outbox.emit(ANNOUNCE, {"type": "budget.reached", "data": facts})
    outbox.emit(ALERT, facts)
