"""What agents remember: turns of a session in their order, facts for long, until forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from headrace.knowledge import kept
from headrace.knowledge.documents import check_metadata
from headrace.knowledge.errors import InvalidKnowledge, MemoryNotFound
from headrace.knowledge.models import Memory
from headrace.knowledge.types import Vector
from headrace.tenants.clock import database_now
from headrace_sdk.items import JsonObject
from headrace_sdk.knowledge import Remembered

KINDS: Final = ("session", "long_term")
LONGEST_S: Final = 10 * 365 * 86_400.0
BATCH: Final = 1_000


@transaction.atomic
def remember(
    space: str,
    text: str,
    vector: Vector | None,
    *,
    kind: str,
    role: str = "",
    ttl_s: float | None = None,
    metadata: JsonObject | None = None,
) -> UUID:
    """Keep a turn or a fact; its id. The same fact again renews the one that is kept.

    Raises:
        InvalidKnowledge, LimitReached: it cannot be kept.
    """
    space, text = kept.space_name(space), kept.plain(text)
    check_metadata(metadata or {})
    if kind not in KINDS or len(role) > 20 or not (ttl_s is None or 0 < ttl_s <= LONGEST_S):
        message = "Remember a session or long_term, with a role of 20 characters, up to ten years."
        raise InvalidKnowledge(message, "/kind")
    kept.room(Memory.objects.all(), space)
    digest = kept.digest(text)
    row = Memory(space=space, kind=kind, digest=digest)
    if kind == "long_term":
        row = Memory.objects.filter(space=space, kind=kind, digest=digest).first() or row
    row.text, row.role, row.metadata, row.v384 = text, role, metadata or {}, vector
    row.expires_at = database_now() + timedelta(seconds=ttl_s) if ttl_s is not None else None
    row.save()
    return row.pk


@transaction.atomic
def recall(space: str, vector: Vector | None, *, kind: str, top: int) -> Sequence[Remembered]:
    """The last `top` in the order in which they were kept; by likeness where a vector is given."""
    rows = alive().filter(kind=kind)
    if vector is not None:
        return [
            _as_value(row, kept.similarity(row))
            for row in kept.nearest(rows, kept.space_name(space), vector, top)
        ]
    last = rows.filter(space=kept.space_name(space)).order_by("-id").defer("v384")[:top]
    return [_as_value(row) for row in reversed(last)]


def forget(space: str, *, kind: str | None = None, id_: str = "") -> int:
    """Forget one thing, or everything of a space; how many."""
    rows = Memory.objects.filter(space=kept.space_name(space))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if id_:
        try:
            rows = rows.filter(pk=UUID(id_))
        except ValueError:
            return 0
    return rows.delete()[0]


def forget_one(memory_id: UUID) -> Memory:
    """Forget one by its id alone; it as it was.

    Raises:
        MemoryNotFound: there is none.
    """
    row = Memory.objects.filter(pk=memory_id).first()
    if row is None:
        raise MemoryNotFound
    Memory.objects.filter(pk=memory_id).delete()
    return row


def alive() -> QuerySet[Memory]:
    """What has not expired."""
    now = database_now()
    return Memory.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now))


def forget_expired() -> int:
    """Delete a batch of what has expired; how many."""
    old = Memory.objects.filter(expires_at__lte=database_now())
    return Memory.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()[0]


def _as_value(row: Memory, similarity: float = 0.0) -> Remembered:
    return Remembered(
        str(row.pk), row.text, role=row.role, similarity=similarity, metadata=row.metadata
    )
