"""Texts with labels: what a classifier knows, and what it is told when it was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.knowledge import kept
from headrace.knowledge.errors import ExampleNotFound, InvalidKnowledge
from headrace.knowledge.limits import MAX_LABEL
from headrace.knowledge.models import Example
from headrace.knowledge.types import Vector
from headrace_sdk.knowledge import Remembered


@transaction.atomic
def learn(space: str, text: str, label: str, vector: Vector, *, is_correction: bool) -> UUID:
    """Keep a text with its label; the id. An earlier label of the same text is replaced.

    Raises:
        InvalidKnowledge, LimitReached: it cannot be kept.
    """
    space, text, label = kept.space_name(space), kept.plain(text), label.strip()
    if not label or len(label) > MAX_LABEL or "\0" in label:
        message = f"A label has 1 to {MAX_LABEL} characters."
        raise InvalidKnowledge(message, "/label", "bad_label")
    kept.room(Example.objects.all(), space)
    digest = kept.digest(text)
    row = Example.objects.filter(space=space, digest=digest).first()
    row = row or Example(space=space, digest=digest)
    row.text, row.label, row.v384, row.is_correction = text, label, vector, is_correction
    row.created_at = Now()
    row.save()
    return row.pk


@transaction.atomic
def teach(actor: Actor, space: str, text: str, label: str, vector: Vector) -> UUID:
    """The same by a person, which goes on record.

    Raises:
        Forbidden, InvalidKnowledge, LimitReached: as they say.
    """
    require(actor, "knowledge.edit")
    is_correction = _is_known_otherwise(space, text, label)
    example = learn(space, text, label, vector, is_correction=is_correction)
    facts = {"space": space, "label": label}
    audit.record(actor.value, "example.learnt", "example", example, facts)
    return example


def _is_known_otherwise(space: str, text: str, label: str) -> bool:
    """Whether the text has another label, or was corrected: who is first corrects nobody."""
    known = Example.objects.filter(
        space=kept.space_name(space), digest=kept.digest(kept.plain(text))
    )
    return known.exclude(label=label.strip(), is_correction=False).exists()


@transaction.atomic
def unlearn(actor: Actor, example_id: UUID) -> None:
    """Take an example away.

    Raises:
        Forbidden, ExampleNotFound: as they say.
    """
    require(actor, "knowledge.edit")
    row = Example.objects.filter(pk=example_id).defer("v384").first()
    if row is None:
        raise ExampleNotFound
    facts = {"space": row.space, "label": row.label}
    audit.record(actor.value, "example.deleted", "example", row.pk, facts)
    Example.objects.filter(pk=example_id).delete()


@transaction.atomic
def nearest(space: str, vector: Vector, top: int) -> Sequence[Remembered]:
    """The examples most like a text."""
    rows = kept.nearest(Example.objects.all(), kept.space_name(space), vector, top)
    return [
        Remembered(str(row.pk), row.text, label=row.label, similarity=kept.similarity(row))
        for row in rows
    ]
