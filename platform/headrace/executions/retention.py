"""Deletes old executions, if so set, and what ended ones leave behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from headrace.executions.models import (
    Execution,
    InboxEntry,
    LogSegment,
    Payload,
    Snapshot,
    WaitToken,
)
from headrace.executions.queue.models import LateResult
from headrace.executions.types import ENDED_STATUSES
from headrace.files import actions as files

BATCH: Final = 200
ADDRESSES_KEPT_FOR: Final = timedelta(days=1)
"""So long a used address still answers "this wait is over" instead of "unknown"."""

BELONGINGS: Final = (LogSegment, Payload, InboxEntry, WaitToken, Snapshot)


class NamedByPayloads:
    """Implements `headrace.files.ports.Naming`."""

    def named(self, sha256s: Collection[str]) -> set[str]:
        """Those that a payload names."""
        found = Payload.objects.filter(sha256__in=sha256s).exclude(sha256="")
        return set(found.values_list("sha256", flat=True))


def delete_old() -> int:
    """Delete a batch of executions of the current tenant that ended too long ago; how many."""
    days = settings.HEADRACE_KEEP_EXECUTIONS_DAYS
    if not days:
        return 0
    old = Execution.objects.filter(
        status__in=ENDED_STATUSES, ended_at__lt=Now() - timedelta(days=days)
    )
    return delete(list(old.order_by("ended_at").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def delete(execution_ids: Collection[UUID]) -> int:
    """Delete ended executions with everything that belongs to them; how many there were."""
    ended = Execution.objects.filter(pk__in=execution_ids, status__in=ENDED_STATUSES)
    ids = list(ended.select_for_update(skip_locked=True).values_list("pk", flat=True))
    for kind in BELONGINGS:
        kind._default_manager.filter(execution_id__in=ids).delete()
    LateResult.objects.filter(execution_id__in=ids).delete()
    files.release(ids)
    Execution.objects.filter(pk__in=ids).delete()
    return len(ids)


def tidy() -> int:
    """Delete what ended executions leave behind: snapshots and old addresses; how many rows."""
    open_ones = Execution.objects.filter(pk=OuterRef("execution_id")).exclude(
        status__in=ENDED_STATUSES
    )
    recent = Execution.objects.filter(
        pk=OuterRef("execution_id"), ended_at__gte=Now() - ADDRESSES_KEPT_FOR
    )
    tokens, _ = WaitToken.objects.filter(~Exists(open_ones), ~Exists(recent)).delete()
    snapshots, _ = Snapshot.objects.filter(~Exists(open_ones)).delete()
    return tokens + snapshots
