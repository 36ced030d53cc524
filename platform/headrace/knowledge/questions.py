"""Questions that models were asked, by their meaning; their texts are not kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from headrace.knowledge import kept
from headrace.knowledge.embedding import local_model
from headrace.knowledge.models import Question
from headrace.tenants.clock import database_now

BATCH: Final = 1_000
NEAREST: Final = 3


class LocalLikeness:
    """Implements `headrace.llm.ports.Likeness` by the local model."""

    @transaction.atomic
    def find(self, way: str, question: str, similarity: float) -> bytes | None:
        """The name of the answer to the question most like this one."""
        vector = local_model.embed([question])[0].tolist()
        rows = Question.objects.filter(expires_at__gt=database_now())
        nearest = kept.nearest(rows, way, vector, NEAREST)
        if not nearest or kept.similarity(nearest[0]) < similarity:
            return None
        return bytes(nearest[0].answer)

    def keep(self, way: str, question: str, answer: bytes, for_s: float) -> None:
        """Note a question with the name of its answer."""
        vector = local_model.embed([question])[0].tolist()
        Question.objects.update_or_create(
            space=way,
            digest=kept.digest(question),
            defaults={
                "v384": vector,
                "answer": answer,
                "expires_at": database_now() + timedelta(seconds=for_s),
            },
        )

    def forget(self) -> None:
        """Forget every question."""
        Question.objects.all().delete()


def forget_expired() -> int:
    """Delete a batch of those whose answers may not be given any more; how many."""
    old = Question.objects.filter(expires_at__lte=database_now())
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    return Question.objects.filter(pk__in=ids).delete()[0]
