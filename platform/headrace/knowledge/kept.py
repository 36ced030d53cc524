"""What the three kinds of kept texts share: spaces by name, digests, nearest rows."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet
from pgvector.django import CosineDistance

from headrace.knowledge.errors import InvalidKnowledge, LimitReached
from headrace.knowledge.limits import MAX_IN_SPACE, MAX_REMEMBERED_TEXT, MAX_SPACE
from headrace.knowledge.models import Kept
from headrace.knowledge.types import Vector
from headrace.tenants.locks import lock_until_commit

Row = TypeVar("Row", bound=Kept)


def space_name(space: str) -> str:
    """The name of a space as it is stored; two are the same only if they are equal (S-075).

    Raises:
        InvalidKnowledge: it cannot be one.
    """
    if not space.strip() or len(space) > MAX_SPACE or "\0" in space:
        message = f"The name under which this is kept has 1 to {MAX_SPACE} characters."
        raise InvalidKnowledge(message, "/space", "bad_space")
    return space


def plain(text: str) -> str:
    """A text that can be kept.

    Raises:
        InvalidKnowledge: it is empty or too long.
    """
    if not text.strip() or len(text) > MAX_REMEMBERED_TEXT:
        message = f"A text that is kept has 1 to {MAX_REMEMBERED_TEXT:,} characters."
        raise InvalidKnowledge(message, "/text", "bad_text")
    return text.replace("\x00", "\ufffd").encode(errors="replace").decode()


def digest(text: str) -> str:
    """A name for a text, whatever its spaces and capitals."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode(errors="replace")).hexdigest()


def room(rows: QuerySet[Any], space: str) -> None:
    """Take turns in a space until the transaction ends, and see that it is not full.

    Raises:
        LimitReached: it is.
    """
    lock_until_commit(f"knowledge:{rows.model.__name__}:{space}")
    if rows.filter(space=space).count() >= MAX_IN_SPACE:
        message = f"{MAX_IN_SPACE:,} texts are kept under this name. Forget some first."
        raise LimitReached(message)


def nearest(rows: QuerySet[Row], space: str, vector: Vector, count: int) -> list[Row]:
    """The rows of exactly this space that are most like it, with their `distance`.

    To be read in a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hnsw.iterative_scan', 'strict_order', true)")
    found = rows.filter(space=space, v384__isnull=False).defer("v384")
    return list(
        found.annotate(distance=CosineDistance("v384", vector)).order_by("distance")[:count]
    )


def similarity(row: Any) -> float:
    """Of a row that `nearest` gave, 0 to 1."""
    return round(max(0.0, 1.0 - float(row.distance)), 6)
