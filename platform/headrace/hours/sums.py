"""What hours that are over come to together: added up once an hour, and kept by the process.

At a million runs a week the rows are 6 MB, which took 200 ms to read and add with every answer.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final
from uuid import UUID

import orjson
from django.db.models import QuerySet

from headrace.hours.models import ClosedHour
from headrace.tenants.context import current

TENANTS: Final = 200
"""So many sums are kept; those that were asked for longest ago leave."""

Key = tuple[str, int | None]
"""What came of it, and the bin of how long it took."""
Totals = Mapping[UUID, Counter[Key]]

_kept: OrderedDict[tuple[UUID, str], tuple[frozenset[UUID], Totals]] = OrderedDict()
_lock: Final = Lock()


def total(what: str, rows: QuerySet[ClosedHour]) -> Totals:
    """The sum of these rows, by workflow. Not to be changed: others are given the same."""
    place = (current().id, what)
    # Rows never change, so that the same rows have the same sum.
    wanted = frozenset(rows.values_list("id", flat=True))
    with _lock:
        known = _kept.get(place)
        if known is not None and known[0] == wanted:
            _kept.move_to_end(place)
            return known[1]
    made = _added(rows.filter(id__in=wanted))
    with _lock:
        _kept[place] = (wanted, made)
        _kept.move_to_end(place)
        while len(_kept) > TENANTS:
            _kept.popitem(last=False)
    return made


def packed(counts: Mapping[str, Sequence[Sequence[str | int | None]]]) -> bytes:
    """`{workflow: [[outcome, bin, count], …]}` as a row holds it."""
    return orjson.dumps(counts)


def _added(rows: QuerySet[ClosedHour]) -> Totals:
    found: dict[UUID, Counter[Key]] = {}
    for body in rows.values_list("counts", flat=True):
        for workflow, counts in orjson.loads(body).items():
            sum_of = found.setdefault(UUID(workflow), Counter())
            for outcome, bin_number, count in counts:
                sum_of[outcome, bin_number] += count
    return found
