"""The scheduler counts hours that are over, a day at a time, in every tenant."""

from __future__ import annotations

from collections import Counter

from headrace.hours.models import ClosedHour
from headrace.operations.closing_hours import ClosingHours
from headrace.tenants.context import tenant


def kept() -> Counter[str]:
    return Counter(ClosedHour.objects.values_list("what", flat=True))


def test_runs_and_costs_of_every_tenant_are_counted_by_the_scheduler(alpha, beta):
    hours = ClosingHours()

    hours.close()

    for ref in (alpha, beta):
        with tenant(ref):
            assert kept() == {"cost": 24, "runs": 24}


def test_a_week_is_caught_up_with_day_by_day(alpha, beta):
    hours = ClosingHours()

    hours.close()
    for _ in range(8):
        hours.catch_up()

    with tenant(alpha):
        assert kept() == {"cost": 168, "runs": 168}
