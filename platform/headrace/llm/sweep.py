"""Takes away what need not be kept, and gives up calls whose worker died."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from headrace.llm import kept, ledger
from headrace.llm.models import Call
from headrace.tenants.clock import database_now

ANSWERS_KEPT: Final = timedelta(days=30)
"""As long as a failed run may be retried; the numbers of a call stay for ever."""

BATCH: Final = 1_000


def sweep() -> int:
    """In the tenant at work; how many rows were changed or went."""
    return ledger.lose_overdue() + kept.forget_expired() + _forget_answers()


def _forget_answers() -> int:
    before = database_now() - ANSWERS_KEPT
    old = Call.objects.filter(started_at__lt=before, answer__isnull=False)
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    return Call.objects.filter(pk__in=ids).update(answer=None)
