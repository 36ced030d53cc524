"""How a tenant's executions are doing over some time: counts, durations, errors, workflows.

Everything counts by the moment at which an execution ended; runs of tests are left out. Two
indexes carry it: `execution_endings`, which holds all that is counted, so that no row of the table
is read, and `execution_failures` for the texts of errors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Count

from headrace.executions.models import Execution
from headrace.executions.quantiles import BINS_AN_E, quantile
from headrace.executions.recording import MODE as TEST_MODE
from headrace.executions.types import OPEN_STATUSES, Status
from headrace.tenants.clock import database_now
from headrace.workflows import queries as workflows

FAILED: Final = (Status.FAILED, Status.CRASHED)
FAILURES_READ: Final = 2_000
"""Errors are told apart among so many of the newest failures; counts stop there."""
MOST_SHOWN: Final = 8

_COUNT: Final = f"""
select floor(extract(epoch from ended_at - %(begin)s) / %(width)s)::int,
    status, floor(ln(1 + greatest(0, extract(epoch from ended_at - started_at) * 1000))
        * {BINS_AN_E})::int, count(*)
from executions_execution
where ended_at >= %(begin)s and ended_at < %(end)s and mode <> %(tests)s
group by 1, 2, 3
"""  # noqa: S608 - a constant of ours

_BY_WORKFLOW: Final = f"""
select workflow_id, status, floor(ln(1 + greatest(0, extract(epoch from ended_at - started_at)
        * 1000)) * {BINS_AN_E})::int, count(*), max(ended_at)
from executions_execution
where ended_at >= %(begin)s and ended_at < %(end)s and mode <> %(tests)s
group by 1, 2, 3
"""  # noqa: S608 - a constant of ours


@dataclass(frozen=True, slots=True)
class Period:
    """A time that ends now, cut into equal parts; compared with as long a time before it."""

    parts: int
    width: timedelta


PERIODS: Final[Mapping[str, Period]] = {
    "24h": Period(24, timedelta(hours=1)),
    "7d": Period(28, timedelta(hours=6)),
    "30d": Period(30, timedelta(days=1)),
}


@dataclass(slots=True)
class Tally:
    """Executions that ended, by outcome, and how long they took."""

    outcomes: Counter[str] = field(default_factory=Counter)
    durations: Counter[int] = field(default_factory=Counter)
    newest_good: datetime | None = None
    newest_bad: datetime | None = None

    def add(self, status: str, bin_number: int | None, count: int) -> None:
        """So many more of an outcome, with durations in that bin."""
        self.outcomes[status] += count
        # What failed or was stopped says little about how long the work takes.
        if bin_number is not None and status == Status.COMPLETED:
            self.durations[bin_number] += count

    def note(self, status: str, at: datetime) -> None:
        """When the newest of an outcome ended."""
        if status in FAILED:
            self.newest_bad = max(self.newest_bad or at, at)
        if status == Status.COMPLETED:
            self.newest_good = max(self.newest_good or at, at)

    @property
    def figures(self) -> dict[str, Any]:
        """`runs`, `failed`, `success_rate` (0 to 1), `p50_ms`, `p95_ms`; `None` without any."""
        failed = sum(self.outcomes[status] for status in FAILED)
        judged = failed + self.outcomes[Status.COMPLETED]
        return {
            "runs": self.outcomes.total(),
            "failed": failed,
            "success_rate": 1 - failed / judged if judged else None,
            "p50_ms": quantile(self.durations, 0.5),
            "p95_ms": quantile(self.durations, 0.95),
        }


def under_way(workflow_ids: Collection[UUID]) -> Mapping[UUID, Counter[str]]:
    """How many open executions each of these workflows has, by status."""
    found: dict[UUID, Counter[str]] = {key: Counter() for key in workflow_ids}
    rows = Execution.objects.filter(status__in=OPEN_STATUSES, workflow_id__in=found)
    counted = rows.order_by().values_list("workflow_id", "status").annotate(count=Count("pk"))
    for key, status, count in counted:
        found[key][status] += count
    return found


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed execution."""

    execution_id: UUID
    workflow_id: UUID
    ended_at: datetime
    error: Mapping[str, Any]


def dashboard(name: str) -> dict[str, Any]:
    """All figures of a period by its name in `PERIODS`, as the API shows them."""
    period, end = PERIODS[name], database_now()
    begin = end - period.parts * period.width
    slots = _slots(period, end)
    now, before = Tally(), Tally()
    for number, tally in enumerate(slots):
        whole = before if number < period.parts else now
        whole.outcomes += tally.outcomes
        whole.durations += tally.durations
    ours = _by_workflow(begin, end)
    failures = list(_failures(begin))
    names = workflows.names(ours)
    return {
        "period": name,
        "begin": begin,
        "end": end,
        "figures": now.figures,
        "before": before.figures,
        "parts": [
            {"begin": begin + number * period.width, **tally.figures}
            for number, tally in enumerate(slots[period.parts :])
        ],
        "errors": _top_errors(failures, names),
        "slowest": _slowest(ours, names),
        "failing": _failing(ours, failures, names),
    }


def fingerprint(error: Mapping[str, Any]) -> tuple[str, str, str]:
    """Code, node and message of an error, without what differs from run to run."""
    message = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+(?:\.\d+)?", "…", str(error.get("message", "")))
    return str(error.get("code", "")), str(error.get("node") or ""), message[:200]


def _slots(period: Period, end: datetime) -> Sequence[Tally]:
    """The parts of the time before and of the period itself, the oldest first."""
    slots = [Tally() for _ in range(2 * period.parts)]
    begin = end - len(slots) * period.width
    facts: dict[str, Any] = {"begin": begin, "end": end, "tests": TEST_MODE}
    facts["width"] = period.width.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, facts)
        for slot, status, bin_number, count in cursor.fetchall():
            slots[min(slot, len(slots) - 1)].add(status, bin_number, count)
    return slots


def _by_workflow(begin: datetime, end: datetime) -> Mapping[UUID, Tally]:
    found: dict[UUID, Tally] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_WORKFLOW, {"begin": begin, "end": end, "tests": TEST_MODE})
        for workflow_id, status, bin_number, count, newest in cursor.fetchall():
            tally = found.setdefault(workflow_id, Tally())
            tally.add(status, bin_number, count)
            tally.note(status, newest)
    return found


def _failures(begin: datetime) -> Iterator[Failure]:
    """The newest failures, the newest first."""
    rows = Execution.objects.filter(status__in=FAILED, ended_at__gte=begin)
    rows = rows.exclude(mode=TEST_MODE).order_by("-ended_at")
    found = rows.values_list("pk", "workflow_id", "ended_at", "error")[:FAILURES_READ]
    for key, workflow_id, ended_at, error in found:
        assert ended_at is not None
        yield Failure(key, workflow_id, ended_at, orjson.loads(bytes(error)) if error else {})


def _top_errors(failures: Sequence[Failure], names: Mapping[UUID, str]) -> Sequence[dict[str, Any]]:
    groups: dict[tuple[str, str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault(fingerprint(failure.error), []).append(failure)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))[:MOST_SHOWN]
    return [
        {
            "code": code,
            "node": node or None,
            "message": str(found[0].error.get("message", "")),
            "count": len(found),
            "workflows": _refs({failure.workflow_id for failure in found}, names),
            "newest": found[0].execution_id,
            "newest_at": found[0].ended_at,
        }
        for (code, node, _), found in ordered
    ]


def _slowest(ours: Mapping[UUID, Tally], names: Mapping[UUID, str]) -> Sequence[dict[str, Any]]:
    rows = [
        {"workflow": {"id": key, "name": names[key]}, **tally.figures}
        for key, tally in ours.items()
        if key in names and tally.durations
    ]
    return sorted(rows, key=lambda row: -row["p95_ms"])[:MOST_SHOWN]


def _failing(
    ours: Mapping[UUID, Tally], failures: Sequence[Failure], names: Mapping[UUID, str]
) -> Sequence[dict[str, Any]]:
    """Workflows that have failed since they last succeeded, the newest trouble first."""
    rows: dict[UUID, list[Failure]] = {}
    for failure in failures:
        tally = ours.get(failure.workflow_id)
        is_over = tally and tally.newest_good and tally.newest_good > failure.ended_at
        if failure.workflow_id in names and not is_over:
            rows.setdefault(failure.workflow_id, []).append(failure)
    return [
        {
            "workflow": {"id": key, "name": names[key]},
            "message": str(found[0].error.get("message", "")),
            "count": len(found),
            "since": found[-1].ended_at,
            "execution": found[0].execution_id,
        }
        for key, found in list(rows.items())[:MOST_SHOWN]
    ]


def _refs(keys: set[UUID], names: Mapping[UUID, str]) -> Sequence[dict[str, Any]]:
    return [{"id": key, "name": names[key]} for key in sorted(keys) if key in names]
