"""Vectors that are made up in numbers, for tests and measurements of the index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from headrace.knowledge.embedding.inference import Vectors
from headrace.knowledge.embedding.model_files import DIM, NAME
from headrace.knowledge.models import Chunk, Collection, Document
from headrace.knowledge.types import Embedder
from headrace.tenants.ids import new_id

CLUSTERS: Final = 64
SPREAD: Final = 0.6
"""How far vectors lie from the middle of their cluster, as those of texts on one topic do."""


def vectors(count: int, *, seed: int, of: int = 1) -> Vectors:
    """So many vectors of length 1 around the middles that `of` gives."""
    middles = np.random.default_rng(of).normal(size=(CLUSTERS, DIM))
    chance = np.random.default_rng(seed)
    made = middles[chance.integers(CLUSTERS, size=count)]
    made = made + SPREAD * chance.normal(size=(count, DIM))
    found: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return found


def collection(name: str, made: Vectors) -> Collection:
    """A collection with one document that has these as its chunks."""
    row = Collection.objects.create(
        name=name, embedder=Embedder.LOCAL, model=NAME, dim=DIM, language="simple"
    )
    document = Document.objects.create(
        collection=row, key=name, name=f"{name}.txt", file_id=new_id(), sha256="", size=0
    )
    fill(row.pk, document.pk, made)
    return row


def fill(collection_id: UUID, document_id: UUID, made: Vectors) -> None:
    """Keep them as chunks of a document; every hundredth has the metadata `{"rare": true}`."""
    Chunk.objects.bulk_create(_rows(collection_id, document_id, made), batch_size=500)


def _rows(collection_id: UUID, document_id: UUID, made: Vectors) -> Iterator[Chunk]:
    words = SearchVector(Value("made up"), config="simple")
    for position, vector in enumerate(made):
        yield Chunk(
            collection_id=collection_id,
            document_id=document_id,
            position=position,
            digest=str(position),
            text=str(position),
            start=0,
            end=0,
            tokens=1,
            metadata={"rare": True} if position % 100 == 0 else {},
            words=words,
            v384=vector,
        )


def exact(made: Vectors, query: Any, count: int) -> set[int]:
    """The positions of the nearest ones, by comparing with all of them."""
    order = np.argsort(-(made @ query))[:count]
    return {int(place) for place in order}
