"""Reads of the notifications app."""

from __future__ import annotations

from django.db.models import QuerySet

from headrace.accounts.types import Actor
from headrace.notifications.models import Notification


def own(actor: Actor) -> QuerySet[Notification]:
    """What the actor was told; nothing where no person is behind it."""
    if actor.person_id is None:
        return Notification.objects.none()
    return Notification.objects.filter(person_id=actor.person_id)


def unread(actor: Actor) -> int:
    """How many of them the actor has not read."""
    return own(actor).filter(read_at=None).count()
