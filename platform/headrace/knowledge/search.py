"""Finds passages by vector, by words, or by both with weighted reciprocal rank fusion.

Every query names its collection and runs in the schema of the tenant at work, so that nothing of
another tenant can be read, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from pgvector.django import CosineDistance

from headrace.knowledge import filters
from headrace.knowledge.errors import InvalidKnowledge
from headrace.knowledge.limits import MAX_QUERY, MAX_TOP
from headrace.knowledge.models import Chunk, Collection
from headrace.knowledge.rerank import relevance
from headrace.knowledge.types import Hit, Vector
from headrace.knowledge.words import having_any, words_of
from headrace_sdk.knowledge import Search

FUSION_K: Final = 60
"""How fast ranks count less (Cormack, Clarke and Büttcher, "Reciprocal rank fusion", 2009)."""

DOUBT: Final = 3
"""A place in the list by words counts by this power of the share that a passage has of what the
question's words are worth: one common word of a sentence proves nothing, the whole of a code does.
Chosen on one half of the questions in `fixtures/knowledge`, reported on the other."""

CANDIDATES: Final = 50
"""From each of both lists, at least; more where more is wanted."""

_MODES: Final = ("hybrid", "vector", "text")

Ranks = dict[UUID, int]


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Places from 1, by vector and by words; `rows` of all of them, with their distance.

    `covered` is the share that a passage has of what the question's words are worth.
    """

    by_vector: Ranks
    by_words: Ranks
    covered: Mapping[UUID, float]
    rows: Mapping[UUID, Chunk]


def check(wanted: Search) -> None:
    """Do nothing if this can be looked for.

    Raises:
        InvalidKnowledge: it cannot.
    """
    if not wanted.query.strip() or len(wanted.query) > MAX_QUERY:
        message = f"Ask with 1 to {MAX_QUERY:,} characters."
        raise InvalidKnowledge(message, "/query", "invalid_query")
    if not 1 <= wanted.top <= MAX_TOP:
        message = f"At most {MAX_TOP} passages can be wanted, and at least 1."
        raise InvalidKnowledge(message, "/top")
    if wanted.mode not in _MODES:
        message = f"Search by one of {', '.join(_MODES)}."
        raise InvalidKnowledge(message, "/mode")


@transaction.atomic
def find(collection: Collection, wanted: Search, vector: Vector) -> list[Hit]:
    """Passages, best first. `vector` is that of the query, by the collection's model.

    Raises:
        InvalidKnowledge, InvalidFilter: it cannot be asked so.
    """
    check(wanted)
    where = filters.all_hold(wanted.where)
    found = _candidates(collection, wanted, vector, where)
    scores = {id_: _fused(found, id_) for id_ in found.rows}
    kept = [id_ for id_ in scores if _similarity(found.rows[id_]) >= wanted.threshold]
    if wanted.rerank:
        texts = [f"{found.rows[id_].heading}\n{found.rows[id_].text}" for id_ in kept]
        similar = [_similarity(found.rows[id_]) for id_ in kept]
        scores = dict(zip(kept, relevance(wanted.query, texts, similar), strict=True))
    best = sorted(kept, key=lambda id_: (-scores[id_], found.rows[id_].position, str(id_)))
    return [_hit(found, id_, scores[id_]) for id_ in best[: wanted.top]]


def _candidates(collection: Collection, wanted: Search, vector: Vector, where: Q) -> _Candidates:
    count = max(CANDIDATES, 4 * wanted.top)
    distance = CosineDistance(f"v{collection.dim}", vector)
    rows = Chunk.objects.filter(where, collection_id=collection.pk)
    rows = rows.annotate(distance=distance).select_related("document")
    rows = rows.defer("words", *(one.name for one in _vector_columns()), "document__text")
    nearest = list(by_vector(rows, distance, count)) if wanted.mode != "text" else []
    words = words_of(collection, wanted.query) if wanted.mode != "vector" else ()
    worded = having_any(rows, words, count) if words else []
    return _Candidates(
        {row.pk: place for place, row in enumerate(nearest, 1)},
        {row.pk: place for place, row in enumerate(worded, 1)},
        {row.pk: row.covered for row in worded},
        {row.pk: row for row in [*worded, *nearest]},
    )


def by_vector(rows: QuerySet[Chunk], distance: CosineDistance, count: int) -> QuerySet[Chunk]:
    """The nearest rows. To be read in the same transaction.

    The index walks on until there are enough rows of the collection that the filter lets through:
    without that, a filter would leave fewer than there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('hnsw.iterative_scan', 'strict_order', true),"
            " set_config('hnsw.ef_search', %s, true)",
            [str(min(1_000, max(100, 2 * count)))],
        )
    return rows.order_by(distance)[:count]


def _vector_columns() -> list[Any]:
    return [one for one in Chunk._meta.fields if one.name[0] == "v" and one.name[1:].isdigit()]


def _fused(found: _Candidates, id_: UUID) -> float:
    # By words alone there is nothing to doubt them by.
    trust = found.covered.get(id_, 0.0) ** DOUBT if found.by_vector else 1.0
    lists = ((1.0, found.by_vector), (trust, found.by_words))
    return sum(weight / (FUSION_K + ranks[id_]) for weight, ranks in lists if id_ in ranks)


def _similarity(row: Any) -> float:
    return max(0.0, 1.0 - float(row.distance))


def _hit(found: _Candidates, id_: UUID, score: float) -> Hit:
    row: Any = found.rows[id_]
    return Hit(
        chunk_id=id_,
        document_id=row.document_id,
        document=row.document.name,
        key=row.document.key,
        metadata=row.metadata,
        heading=row.heading,
        text=row.text,
        start=row.start,
        end=row.end,
        page=row.page,
        score=round(score, 6),
        similarity=round(_similarity(row), 6),
        ranks={"vector": found.by_vector.get(id_), "text": found.by_words.get(id_)},
    )
