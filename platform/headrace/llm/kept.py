"""Answers that are kept for whoever asks exactly the same model exactly the same question."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.llm import wire
from headrace.llm.errors import KeptAnswerNotFound
from headrace.llm.models import KeptAnswer
from headrace.llm.ports import ports
from headrace.tenants.clock import database_now
from headrace_sdk.llm import Answer

LONGEST_S: Final = 30 * 86_400.0
BATCH: Final = 1_000


def find(digest: bytes, within_s: float) -> Answer | None:
    """An answer that is not older than `within_s` seconds."""
    now = database_now()
    row = KeptAnswer.objects.filter(digest=digest, expires_at__gt=now).first()
    if row is None or row.created_at < now - timedelta(seconds=within_s):
        return None
    return wire.decode_answer(bytes(row.answer), is_cached=True)


def keep(digest: bytes, answer: Answer, for_s: float) -> None:
    """Keep an answer for so long; it takes the place of an older one."""
    now = database_now()
    KeptAnswer.objects.update_or_create(
        digest=digest,
        defaults={
            "answer": wire.encode_answer(answer),
            "created_at": now,
            "expires_at": now + timedelta(seconds=min(for_s, LONGEST_S)),
        },
    )


def alive() -> QuerySet[KeptAnswer]:
    """Those that may still be given."""
    return KeptAnswer.objects.filter(expires_at__gt=database_now())


@transaction.atomic
def forget(actor: Actor, answer_id: UUID) -> None:
    """Forget one answer: whoever asks for it next asks the model.

    Raises:
        Forbidden, KeptAnswerNotFound: as they say.
    """
    require(actor, "llm.edit")
    if not KeptAnswer.objects.filter(pk=answer_id).delete()[0]:
        raise KeptAnswerNotFound
    audit.record(actor.value, "kept_answer.forgotten", "kept_answer", answer_id, {})


@transaction.atomic
def forget_all(actor: Actor) -> int:
    """Forget every answer, and the questions by which they are found; how many.

    Raises:
        Forbidden: the actor may not change how models are asked.
    """
    require(actor, "llm.edit")
    count = KeptAnswer.objects.all().delete()[0]
    ports.likeness.forget()
    audit.record(actor.value, "kept_answer.all_forgotten", "kept_answer", "all", {"count": count})
    return count


def forget_expired() -> int:
    """Delete a batch of those that nobody may be given any more; how many."""
    ids = list(
        KeptAnswer.objects.filter(expires_at__lt=database_now()).values_list("pk", flat=True)[
            :BATCH
        ]
    )
    KeptAnswer.objects.filter(pk__in=ids).delete()
    return len(ids)
