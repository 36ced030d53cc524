"""How workflows did in the last days, by the hours in which their runs ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from headrace.executions.figures import Tally
from headrace.executions.quantiles import BINS_AN_E
from headrace.executions.recording import MODE as TEST_MODE
from headrace.executions.types import Status
from headrace.hours.counting import Counted, HourlyCounts
from headrace.hours.sums import Key

_BY_HOUR: Final = f"""
select date_trunc('hour', ended_at, 'UTC'), workflow_id, status,
    case when status = %(good)s then
        floor(ln(1 + greatest(0, extract(epoch from ended_at - started_at) * 1000))
            * {BINS_AN_E})::int
    end, count(*)
from executions_execution
where ended_at >= %(begin)s and ended_at < %(end)s and mode <> %(tests)s
group by 1, 2, 3, 4
"""  # noqa: S608 - a constant of ours


def of_workflows(workflow_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """`Tally.figures` of each of these workflows over the last days, and `is_counting`."""
    recent = ended.of(workflow_ids)
    return {
        key: {**_figures(counts), "is_counting": recent.is_counting}
        for key, counts in recent.counts.items()
    }


def _figures(counts: Mapping[Key, int]) -> Mapping[str, Any]:
    tally = Tally()
    for (status, bin_number), count in counts.items():
        tally.add(status, bin_number, count)
    return tally.figures


def _read(begin: datetime, end: datetime) -> Iterator[Counted]:
    with connection.cursor() as cursor:
        facts: dict[str, Any] = {"begin": begin, "end": end, "tests": TEST_MODE}
        facts["good"] = Status.COMPLETED
        cursor.execute(_BY_HOUR, facts)
        for hour, workflow_id, status, bin_number, count in cursor.fetchall():
            yield hour, workflow_id, (status, bin_number), count


ended: Final = HourlyCounts("runs", _read)
