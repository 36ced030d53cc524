"""What the knowledge app tells others: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from headrace_sdk.items import JsonObject

DIMS: Final = (384, 768, 1024, 1536, 3072)
"""Lengths of vectors that can be kept, each in a column with an index of its own."""

LANGUAGES: Final = (
    *("simple", "english", "german", "french", "spanish", "italian", "portuguese", "dutch"),
    *("danish", "finnish", "norwegian", "swedish", "russian"),
)
"""Configurations of PostgreSQL's full-text search; `simple` cuts no endings off."""


class Status(StrEnum):
    """Of a document."""

    QUEUED = "queued"
    INDEXING = "indexing"
    READY = "ready"
    FAILED = "failed"


class Embedder(StrEnum):
    """Who makes the vectors of a collection, beside those of packages."""

    LOCAL = "local"
    OPENAI = "openai"
    OPENAI_COMPATIBLE = "openai_compatible"


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """By which model vectors are made. Those of different ones are never compared.

    `embedder` is one of `Embedder`, or the id of one that a package brings.
    """

    embedder: str
    model: str
    dim: int
    credential_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk before it has a vector: where it stands in the document's text."""

    text: str
    heading: str
    start: int
    end: int
    page: int | None
    tokens: int
    digest: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document to take in: a text, or the content of a file. `key` names it for the next time."""

    name: str
    key: str
    content: bytes
    mime: str = ""
    metadata: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing did: `embedded` of all `chunks` were new."""

    document_id: UUID
    chunks: int
    embedded: int
    removed: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found. `ranks` are its places by vector and by words, from 1."""

    chunk_id: UUID
    document_id: UUID
    document: str
    key: str
    metadata: JsonObject
    heading: str
    text: str
    start: int
    end: int
    page: int | None
    score: float
    similarity: float
    ranks: JsonObject

    def to_json(self) -> JsonObject:
        """As nodes and interfaces are told."""
        return {
            "text": self.text,
            "score": self.score,
            "similarity": self.similarity,
            "document": self.document,
            "document_id": str(self.document_id),
            "key": self.key,
            "heading": self.heading,
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "metadata": self.metadata,
            "ranks": self.ranks,
            "chunk_id": str(self.chunk_id),
        }


@dataclass(frozen=True, slots=True)
class CollectionName:
    """A collection to choose."""

    id: UUID
    name: str


Vector = Sequence[float]
