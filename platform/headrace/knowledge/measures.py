"""What retrieval, de-duplication and classification are good for, on the texts in `fixtures/`.

Of questions, pairs and texts the even ones are for choosing constants by (the tuning half), the odd
ones for the figures that are told. Everything is computed in memory with the parts that the product
uses, but for retrieval, which needs PostgreSQL: it makes a collection and takes it away again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import orjson
from django.db import transaction

from headrace.knowledge import chunking, likeness, search
from headrace.knowledge.embedding import local_model, model_files
from headrace.knowledge.indexing import chunk_of, told
from headrace.knowledge.models import Chunk, Collection, Document
from headrace.knowledge.types import Embedder
from headrace.tenants.ids import new_id
from headrace_sdk.knowledge import Remembered, Search, SearchMode

TOP: Final = 5
KINDS: Final = ("meaning", "word", "mixed")

Vote = Callable[[Sequence[Remembered]], str | None]
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Shares of the questions whose passage is among the first 1 and 5; MRR over the first 5.

    `by_kind` is the share among the first 5 for each of `KINDS`.
    """

    way: str
    at_1: float
    at_5: float
    mean_reciprocal_rank: float
    by_kind: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sameness:
    """Of pairs of sentences, with the threshold that decided: how many were rightly told, or not.

    `mistaken` were taken for the same, `missed` for different.
    """

    threshold: float
    found: int
    mistaken: int
    missed: int
    apart: int

    @property
    def pairs(self) -> int:
        """All of them."""
        return self.found + self.mistaken + self.missed + self.apart

    @property
    def precision(self) -> float:
        """Of those taken for the same, the share that is."""
        return self.found / max(1, self.found + self.mistaken)

    @property
    def recall(self) -> float:
        """Of those that are the same, the share that was found."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.found / max(1, 2 * self.found + self.mistaken + self.missed)


@dataclass(frozen=True, slots=True)
class Learning:
    """Shares of texts with the right label, before and after what people corrected."""

    texts: int
    corrections: int
    before: float
    after: float


def half(all_of_them: Sequence[One], *, is_tuning: bool) -> Sequence[One]:
    """The ones to choose constants by, or those to report."""
    return all_of_them[0 if is_tuning else 1 :: 2]


def retrieval(folder: Path, *, is_tuning: bool = False) -> list[Retrieval]:
    """By meaning, by words, by both, and by both with a second look. Leaves nothing behind."""
    given: list[tuple[str, str, str]] = orjson.loads((folder / "questions.json").read_bytes())
    questions = half(given, is_tuning=is_tuning)
    vectors = local_model.embed([question for _, question, _ in questions]).tolist()
    found = []
    with transaction.atomic():
        collection = _kept(sorted((folder / "handbook").glob("*.md")))
        for way, mode, rerank in _WAYS:
            ranks = [
                _rank(
                    search.find(collection, Search(text, TOP, mode, rerank=rerank), vector), wanted
                )
                for (_, text, wanted), vector in zip(questions, vectors, strict=True)
            ]
            found.append(_figures(way, ranks, [kind for kind, _, _ in questions]))
        transaction.set_rollback(True)
    return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of sentences: how surely each says the same as it is told, and whether it does."""

    likeness: Sequence[float]
    is_same: Sequence[bool]

    def told_from(self, threshold: float) -> Sameness:
        """What comes of taking those for the same that are at least so alike."""
        told = Counter(
            (one >= threshold, is_same)
            for one, is_same in zip(self.likeness, self.is_same, strict=True)
        )
        return Sameness(
            threshold, told[True, True], told[True, False], told[False, True], told[False, False]
        )


def pairs(folder: Path, *, is_tuning: bool = False) -> Pairs:
    """Pairs that say the same, and as many that do not: on one topic, or even on one thing."""
    given = orjson.loads((folder / "same.json").read_bytes())
    groups, related = (half(given[name], is_tuning=is_tuning) for name in ("groups", "related"))
    found = [pair for group in groups for pair in _pairs(group)]
    return _measured([*found, *((one, other, False) for one, other in related)])


def twins(folder: Path, threshold: float, *, is_tuning: bool = False) -> tuple[int, int]:
    """Of pairs that differ in a number or a name only, how many are taken for the same; of all."""
    given = orjson.loads((folder / "same.json").read_bytes())["twins"]
    asked = half(given, is_tuning=is_tuning)
    alike = _measured([(one, other, False) for one, other in asked]).likeness
    return sum(one >= threshold for one in alike), len(alike)


def _measured(given: Sequence[tuple[str, str, bool]]) -> Pairs:
    left = local_model.embed([one for one, _, _ in given])
    right = local_model.embed([other for _, other, _ in given])
    alike = np.sum(left * right, axis=1).tolist()
    sure = [
        likeness.same(one, [other], [near], local_model.embed, is_exact=True)[0]
        for (one, other, _), near in zip(given, alike, strict=True)
    ]
    return Pairs(sure, [is_same for _, _, is_same in given])


def sameness(folder: Path) -> tuple[Sameness, Sameness]:
    """On the tuning half by the threshold that is best there, and on the reported half by the same.

    In steps of 0.01; of equally good ones the middle.
    """
    tuning = pairs(folder, is_tuning=True)
    steps = [tuning.told_from(step / 100) for step in range(30, 100)]
    best = [one for one in steps if one.f1 == max(step.f1 for step in steps)]
    chosen = best[len(best) // 2]
    return chosen, pairs(folder).told_from(chosen.threshold)


def learning(folder: Path, vote: Vote, neighbours: int = 7) -> Learning:
    """How many texts get the right label by `vote`, with and without the corrections."""
    given: Mapping[str, list[tuple[str, str]]] = orjson.loads((folder / "labels.json").read_bytes())
    asked, fixed = given["asked"], given["corrections"]
    before = _right(given["known"], asked, vote, neighbours)
    after = _right([*given["known"], *fixed], asked, vote, neighbours)
    return Learning(len(asked), len(fixed), before, after)


_WAYS: Final[Sequence[tuple[str, SearchMode, bool]]] = (
    ("meaning", "vector", False),
    ("words", "text", False),
    ("both", "hybrid", False),
    ("both, second look", "hybrid", True),
)


def _kept(files: Sequence[Path]) -> Collection:
    collection = Collection.objects.create(
        name=f"measured {new_id()}",
        embedder=Embedder.LOCAL,
        model=model_files.NAME,
        dim=model_files.DIM,
    )
    for file in files:
        _take_in(collection, file.name, file.read_text(encoding="utf-8"))
    return collection


def _take_in(collection: Collection, name: str, text: str) -> None:
    document = Document.objects.create(
        collection=collection,
        key=name,
        name=name,
        file_id=new_id(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        size=len(text),
    )
    pieces = chunking.pieces(text, size=200, overlap=30, count=local_model.count_tokens)
    vectors = local_model.embed([told(piece) for piece in pieces]).tolist()
    Chunk.objects.bulk_create(
        chunk_of(document, place, piece, vector)
        for place, (piece, vector) in enumerate(zip(pieces, vectors, strict=True))
    )


def _rank(hits: Sequence[Any], wanted: str) -> int | None:
    return next((place for place, hit in enumerate(hits, 1) if hit.heading == wanted), None)


def _figures(way: str, ranks: Sequence[int | None], kinds: Sequence[str]) -> Retrieval:
    count = len(ranks)
    by_kind = {
        kind: _share([rank for rank, one in zip(ranks, kinds, strict=True) if one == kind])
        for kind in KINDS
    }
    return Retrieval(
        way,
        sum(rank == 1 for rank in ranks) / count,
        _share(ranks),
        sum(1 / rank for rank in ranks if rank) / count,
        by_kind,
    )


def _share(ranks: Sequence[int | None]) -> float:
    return sum(rank is not None for rank in ranks) / max(1, len(ranks))


def _pairs(group: list[list[str]]) -> Iterator[tuple[str, str, bool]]:
    for said, *others in group:
        yield from ((said, other, True) for other in others)
    for one, other in pairwise([*group, group[0]]):
        yield one[0], other[1], False
        yield one[2], other[0], False


def _right(
    known: Sequence[tuple[str, str]], asked: Sequence[tuple[str, str]], vote: Vote, count: int
) -> float:
    examples = local_model.embed([text for text, _ in known])
    likeness = local_model.embed([text for text, _ in asked]) @ examples.T
    right = 0
    for row, (_, label) in zip(likeness, asked, strict=True):
        near = [
            Remembered("", known[place][0], label=known[place][1], similarity=float(row[place]))
            for place in np.argsort(-row)[:count]
        ]
        right += vote(near) == label
    return right / len(asked)
