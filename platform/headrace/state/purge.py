"""Takes away what nobody can ask for any more, and rows that say no more than none would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from headrace.state.models import Answer, Breaker, Bucket, Burst, Entry, Gathering
from headrace.tenants.clock import database_now

KEPT: Final = timedelta(days=30)
"""How long answers and closed bursts are kept: as long as a failed run may be retried."""

BATCH: Final = 1_000


def purge() -> int:
    """In the tenant at work, a batch of each kind; how many rows went.

    Locks stay: their fences must never begin anew.
    """
    now = database_now()
    old = now - KEPT
    return sum(
        _delete_some(rows)
        for rows in (
            Entry.objects.filter(expires_at__lt=now),
            Answer.objects.filter(given_at__lt=old),
            Gathering.objects.filter(closed_at__lt=old),
            Burst.objects.filter(gatherings=None),
            Bucket.objects.filter(full_at__lt=now),
            Breaker.objects.filter(failures=0, opened_at=None),
        )
    )


@transaction.atomic
def _delete_some(rows: QuerySet[Any]) -> int:
    """Rows that somebody has in hand are left for the next time."""
    free = rows.select_for_update(skip_locked=True, of=("self",))
    ids = list(free.values_list("pk", flat=True)[:BATCH])
    gone, _ = rows.model._default_manager.filter(pk__in=ids).delete()
    return int(gone)
