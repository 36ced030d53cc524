"""Puts messages into the outbox and carries them out of it, at least once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from headrace.outbox.errors import NoReceiver
from headrace.outbox.models import DeadLetter, Message
from headrace.outbox.types import Delivery
from headrace.tenants import queries as tenants
from headrace.tenants.context import current_or_none, public, tenant
from headrace.tenants.errors import TenantNotFound
from headrace_sdk import strict_json
from headrace_sdk.items import JsonObject

logger = logging.getLogger(__name__)

Receiver = Callable[[Delivery], None]

BATCH: Final = 100
LONGEST_RELAY_S: Final = 0.5
MAX_ATTEMPTS: Final = 10
LONGEST_PAUSE_S: Final = 3600

_receivers: dict[str, Receiver] = {}


def subscribe(topic: str, receiver: Receiver) -> None:
    """Say who gets the messages of a topic. Receivers must bear a message that comes twice.

    Raises:
        ValueError: somebody else does already; a bug in the wiring.
    """
    if _receivers.setdefault(topic, receiver) is not receiver:
        message = f"Topic {topic!r} has a receiver already."
        raise ValueError(message)


def emit(topic: str, payload: JsonObject) -> UUID:
    """Leave a message in the caller's transaction; the relay delivers it after the commit.

    Returns:
        Its id, by which receivers recognise a repeated delivery.
    """
    ref = current_or_none()
    message = Message.objects.create(
        tenant_id=ref.id if ref else None,
        topic=topic,
        payload=strict_json.dumps(payload).decode(),
    )
    return message.id


def relay_batch(limit: int = BATCH) -> int:
    """Deliver what is due, each message in a transaction of its own.

    Several relays may run: a message that one of them has in hand is skipped by the others.

    Returns:
        How many were looked at; fewer than `limit` means that none is left.
    """
    with public():
        for count in range(limit):
            if not _relay_one():
                return count
    return limit


def relay() -> None:
    """Deliver what is due until nothing is left, or for `LONGEST_RELAY_S`: others have duties, too.

    A burst of events would wait for many rounds of the scheduler otherwise.
    """
    until = time.monotonic() + LONGEST_RELAY_S
    while relay_batch() == BATCH and time.monotonic() < until:
        pass


@transaction.atomic
def _relay_one() -> bool:
    due = Message.objects.filter(due_at__lte=Now()).order_by("due_at", "id")
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return False
    try:
        with transaction.atomic():
            _deliver(message)
    except Exception as error:  # noqa: BLE001 - receivers may fail in any way; the relay goes on
        _postpone(message, error)
    else:
        message.delete()
    return True


def _deliver(message: Message) -> None:
    receiver = _receivers.get(message.topic)
    if receiver is None:
        raise NoReceiver(message.topic)
    payload: Any = strict_json.loads(message.payload.encode())
    with _scope(message):
        receiver(Delivery(message.id, message.topic, payload))


def _scope(message: Message) -> AbstractContextManager[object]:
    if message.tenant_id is None:
        return public()
    ref = tenants.by_id(message.tenant_id)
    if ref is None:
        raise TenantNotFound
    return tenant(ref)


def _postpone(message: Message, error: Exception) -> None:
    attempts = message.attempts + 1
    logger.warning("Message %s (%s) failed: %s", message.id, message.topic, error)
    if attempts >= MAX_ATTEMPTS:
        bury(message.topic, message.payload, str(error), tenant_id=message.tenant_id)
        message.delete()
        return
    pause = timedelta(seconds=min(2**attempts, LONGEST_PAUSE_S))
    Message.objects.filter(pk=message.pk).update(attempts=F("attempts") + 1, due_at=Now() + pause)


def bury(name: str, payload: str, reason: str, *, tenant_id: UUID | None = None) -> None:
    """Keep what cannot be handled where an operator finds it (R-023)."""
    logger.error("%s became a dead letter: %s", name, reason)
    with public():
        DeadLetter.objects.create(
            tenant_id=tenant_id,
            name=name[:200],
            payload=payload.replace("\0", "\ufffd"),
            reason=reason.replace("\0", "\ufffd"),
        )
