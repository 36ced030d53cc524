"""What workflows and runs have cost, read from the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, TruncHour

from headrace.hours.counting import Counted, HourlyCounts
from headrace.hours.sums import Key
from headrace.llm.models import Call

_COST: Final[Key] = ("micro", None)


def cost_of_workflows(workflow_ids: Collection[UUID]) -> tuple[Mapping[UUID, int], bool]:
    """Millionths of a dollar of each of these workflows in the last days, by the end of calls.

    And whether the oldest of those days are still being counted.
    """
    recent = spent.of(workflow_ids)
    return {key: counts[_COST] for key, counts in recent.counts.items()}, recent.is_counting


def cost_of_executions(execution_ids: Collection[UUID]) -> int:
    """Millionths of a dollar of all of them together."""
    calls = Call.objects.filter(execution_id__in=execution_ids)
    return int(calls.aggregate(total=Sum("cost_micro"))["total"] or 0)


def cost_by_node(execution_id: UUID) -> Mapping[str, int]:
    """Millionths of a dollar at each node of a run; nodes that cost nothing are left out."""
    calls = Call.objects.filter(execution_id=execution_id, cost_micro__gt=0)
    summed = calls.order_by().values_list("node").annotate(total=Sum("cost_micro"))
    return {node: int(total) for node, total in summed}


def cost_of_row() -> Coalesce:
    """Millionths of a dollar of the execution of a row, by its `id`: an annotation."""
    calls = Call.objects.filter(execution_id=OuterRef("pk")).order_by()
    summed = calls.values("execution_id").annotate(total=Sum("cost_micro")).values("total")
    return Coalesce(Subquery(summed), 0)


def executions_above(least_micro: int) -> Subquery:
    """Ids of the executions that cost so many millionths of a dollar or more: a subselect."""
    paid = Call.objects.filter(execution_id__isnull=False, cost_micro__gt=0).order_by()
    summed = paid.values("execution_id").annotate(total=Sum("cost_micro"))
    return Subquery(summed.filter(total__gte=least_micro).values("execution_id"))


def _read(begin: datetime, end: datetime) -> Iterator[Counted]:
    calls = Call.objects.filter(ended_at__gte=begin, ended_at__lt=end, cost_micro__gt=0)
    hours = calls.order_by().annotate(hour=TruncHour("ended_at", tzinfo=UTC))
    summed = hours.values_list("hour", "workflow_id").annotate(total=Sum("cost_micro"))
    yield from ((hour, key, _COST, int(total)) for hour, key, total in summed if hour and key)


spent: Final = HourlyCounts("cost", _read)
