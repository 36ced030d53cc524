"""What people do with their notifications, and what goes by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.notifications.models import Notification
from headrace.notifications.queries import own
from headrace.tenants.clock import database_now

KEPT_DAYS: Final = 90
BATCH: Final = 1_000


def mark_read(actor: Actor, ids: Collection[UUID] | None = None) -> int:
    """Mark one's own notes as read, all or these; how many were not.

    Raises:
        Forbidden: the actor may not.
    """
    require(actor, "notification.edit")
    unread = own(actor).filter(read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=Now())


def forget_old() -> int:
    """Delete what is older than 90 days, a batch at a time; how many went."""
    before = database_now() - timedelta(days=KEPT_DAYS)
    old = Notification.objects.filter(created_at__lt=before).values_list("pk", flat=True)[:BATCH]
    gone, _ = Notification.objects.filter(pk__in=[*old]).delete()
    return gone
