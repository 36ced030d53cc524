"""Adds to the audit record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from headrace.audit.chain import canonical, link
from headrace.audit.models import Entry, Head
from headrace.audit.origin import origin
from headrace.audit.types import ActorValue, Outcome


@transaction.atomic
def record(
    actor: ActorValue,
    action: str,
    object_type: str,
    object_id: object,
    facts: Mapping[str, Any] | None = None,
    *,
    outcome: Outcome = Outcome.DONE,
) -> None:
    """Note what came of something, in the caller's transaction: both happen or neither.

    `facts` must hold no secret. The tenant's head row is locked until that transaction ends, so
    the numbers have no gaps.
    """
    Head.objects.bulk_create([Head()], ignore_conflicts=True)
    head = Head.objects.select_for_update().annotate(now=Now()).get()
    entry = Entry(
        seq=head.seq + 1,
        at=head.now,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label[:200],
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        facts=canonical(facts or {}),
        outcome=outcome.value,
        address=origin().address[:45],
        request_id=origin().request_id,
    )
    entry.hash = link(head.hash, entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(seq=entry.seq, hash=entry.hash)
