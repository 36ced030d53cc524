"""What the words of a question are worth in one collection: rare ones much, common ones little.

PostgreSQL's own rank counts every word alike, so that `does` weighs as much as `E104`. The words
are cut by the same parser that cut the passages: `4410-08` and `4.1.3` fit only so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Cast

from headrace.knowledge.models import Chunk, Collection

MAX_WORDS: Final = 64
COUNTED: Final = 10_000
"""A word in so many passages is common; counting on would only take time."""

_COUNTS: Final = """
select word, (
  select count(*) from (
    select 1 from knowledge_chunk where collection_id = %s
    and words @@ ('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''')::tsquery
    limit %s
  ) as found
)
from unnest((tsvector_to_array(to_tsvector(%s::regconfig, %s)))[:%s]) as word
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the index has it; `share` of all that the question's words are worth."""

    lexeme: str
    share: float


def words_of(collection: Collection, question: str) -> Sequence[Word]:
    """The question's words without those that say nothing in its language.

    A word in `n` of `N` passages is worth ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25 (Robertson
    and Zaragoza, "The probabilistic relevance framework", 2009). One that is in none counts, too:
    the less of a question the passages can have, the less its words prove.
    """
    plain = question.replace("\0", " ")
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [collection.pk, COUNTED, collection.language, plain, MAX_WORDS])
        counts: list[tuple[str, int]] = cursor.fetchall()
    total = collection.chunks.count()
    worth = [math.log(1 + max(0.5, total - having + 0.5) / (having + 0.5)) for _, having in counts]
    return [Word(lexeme, one / sum(worth)) for (lexeme, _), one in zip(counts, worth, strict=True)]


def having_any(rows: QuerySet[Chunk], words: Sequence[Word], count: int) -> list[Any]:
    """Rows with any of these, those with most of their worth first, with that as `covered`."""
    shares = [
        Case(When(words=_query([word]), then=Value(word.share)), default=Value(0.0))
        for word in words
    ]
    covered = Cast(reduce(add, shares), FloatField())
    # Equals stand as PostgreSQL ranks them; 1 divides by the logarithm of the length.
    rank = SearchRank(F("words"), _query(words), normalization=1)
    found = rows.filter(words=_query(words)).annotate(covered=covered, rank=rank)
    return list(found.order_by("-covered", "-rank", "id")[:count])


class _Lexemes(SearchQuery):
    """A query of words that are the index's own already, so that no parser cuts them again."""

    template = "(%(expressions)s)::tsquery"


def _query(words: Sequence[Word]) -> _Lexemes:
    """Any of these words."""
    escaped = (word.lexeme.replace("\\", "\\\\").replace("'", "''") for word in words)
    return _Lexemes(" | ".join(f"'{one}'" for one in escaped))
