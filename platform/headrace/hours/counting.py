"""Counts over the last days, of which every hour that is over is kept as one row.

An hour is counted once, and then stays as it was: what ends again, such as a run that is retried,
counts in both hours, and what is deleted still counts. The scheduler counts, newest hours first;
who asks counts what is quickly counted, and does without the rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from headrace.hours import sums
from headrace.hours.models import ClosedHour
from headrace.hours.sums import Key
from headrace.tenants.clock import database_now
from headrace.tenants.context import current
from headrace.tenants.locks import lock_until_commit
from headrace.tenants.patience import TookTooLong, at_most

HOUR: Final = timedelta(hours=1)
DAYS: Final = 7
LATE: Final = timedelta(minutes=5)
"""So long after its end an hour is still open: a transaction may commit late."""
QUICK_MS: Final = 150
"""Nobody who asks waits longer than that for hours to be counted."""
LEFT_ALONE_S: Final = 60

Counted = tuple[datetime, UUID, Key, int]
"""The hour, the workflow, what was counted, and how often."""


@dataclass(frozen=True, slots=True)
class Recent:
    """Of each workflow what was counted. While `is_counting`, older hours are still to come."""

    counts: Mapping[UUID, Counter[Key]]
    is_counting: bool


class HourlyCounts:
    """Counts of one kind. `read(begin, end)` counts anew what ended in that time, in one tenant."""

    def __init__(self, what: str, read: Callable[[datetime, datetime], Iterable[Counted]]) -> None:
        self._what, self._read = what, read
        self._left_alone: dict[UUID, float] = {}

    def of(self, workflows: Collection[UUID]) -> Recent:
        """The last `DAYS` days: what is counted by now of hours that are over, and the open one."""
        now = database_now()
        is_counting = bool(self._missing(now)) and not self._close_quickly()
        # An hour that was closed since `now` is counted as the open one.
        until = _closed_until(now)
        rows = self._rows().filter(hour__gte=_first(now), hour__lt=until)
        closed = sums.total(self._what, rows)
        found = {key: Counter(closed.get(key, {})) for key in workflows}
        for _, workflow, key, count in self._read(until, now + HOUR):
            if workflow in found:
                found[workflow][key] += count
        return Recent(found, is_counting)

    @transaction.atomic
    def close(self, most: timedelta | None = None) -> bool:
        """Count the newest hours that are over and nobody has counted, `most` of time at once.

        Those of long ago are deleted. Whether anything is left to count.
        """
        lock_until_commit(f"hours:{self._what}")
        now = database_now()
        missing = self._missing(now)
        if not missing:
            return False
        end = begin = max(missing) + HOUR
        while begin - HOUR in missing and (most is None or end - begin < most):
            begin -= HOUR
        hours: dict[datetime, dict[str, list[Sequence[str | int | None]]]] = {}
        for hour, workflow, key, count in self._read(begin, end):
            hours.setdefault(hour, {}).setdefault(str(workflow), []).append((*key, count))
        closed = [begin + number * HOUR for number in range((end - begin) // HOUR)]
        ClosedHour.objects.bulk_create(
            ClosedHour(what=self._what, hour=hour, counts=sums.packed(hours.get(hour, {})))
            for hour in closed
        )
        self._rows().filter(hour__lt=_first(now)).delete()
        return len(missing) > len(closed)

    def _close_quickly(self) -> bool:
        """Whether all could be counted in the time that somebody may wait.

        What took longer is left to the scheduler for a while: else everybody would wait that long.
        """
        tenant = current().id
        if self._left_alone.get(tenant, 0.0) > time.monotonic():
            return False
        try:
            with at_most(QUICK_MS):
                return not self.close()
        except TookTooLong:
            self._left_alone[tenant] = time.monotonic() + LEFT_ALONE_S
            return False

    def _missing(self, now: datetime) -> set[datetime]:
        """The hours that are over, but not counted."""
        first = _first(now)
        wanted = {first + number * HOUR for number in range(DAYS * 24)}
        return wanted - {*self._rows().filter(hour__gte=first).values_list("hour", flat=True)}

    def _rows(self) -> QuerySet[ClosedHour]:
        return ClosedHour.objects.filter(what=self._what)


def _closed_until(now: datetime) -> datetime:
    return (now - LATE).replace(minute=0, second=0, microsecond=0)


def _first(now: datetime) -> datetime:
    return _closed_until(now) - timedelta(days=DAYS)
