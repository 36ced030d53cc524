"""Rows of one tenant's knowledge: collections, their documents and chunks, and what is remembered.

A vector of n numbers stands in the column `v<n>`, which has an HNSW index of its own; a row has one
of them. Chunks repeat their document's metadata, so that a filter needs no other table.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from pgvector.django import HalfVectorField, HnswIndex, VectorField

from headrace.knowledge.limits import MAX_FIELD, MAX_LABEL, MAX_NAME, MAX_SPACE
from headrace.knowledge.types import EmbeddingModel, Status
from headrace.tenants.models import TenantModel


def _index(column: str, kind: str = "vector", prefix: str = "knowledge_chunk") -> HnswIndex:
    # m and ef_construction are pgvector's defaults.
    return HnswIndex(
        name=f"{prefix}_{column}",
        fields=[column],
        m=16,
        ef_construction=64,
        opclasses=[f"{kind}_cosine_ops"],
    )


class Collection(TenantModel):
    """Documents that are searched together, by vectors of one model.

    `language` is a configuration of PostgreSQL's full-text search.
    """

    name = models.CharField(max_length=MAX_NAME, unique=True)
    description = models.CharField(max_length=1_000, default="", blank=True)
    embedder = models.CharField(max_length=30)
    model = models.CharField(max_length=200)
    dim = models.PositiveSmallIntegerField()
    credential_id = models.UUIDField(null=True)
    language = models.CharField(max_length=30, default="english")
    chunk_tokens = models.PositiveSmallIntegerField(default=200)
    overlap_tokens = models.PositiveSmallIntegerField(default=30)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    @property
    def embedding(self) -> EmbeddingModel:
        """By which model its vectors are made."""
        return EmbeddingModel(self.embedder, self.model, self.dim, self.credential_id)


class Document(TenantModel):
    """A document of a collection. `key` is its name for whoever gives it again.

    `file_id` is the file it was read from, `text` what was read of it. It is claimed by whoever
    indexes it until `claimed_until`; `revision` counts what was given.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="documents")
    key = models.CharField(max_length=500)
    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=255, default="")
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    metadata = models.JSONField(default=dict)
    text = models.TextField(default="")
    status = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Status], default=Status.QUEUED
    )
    revision = models.PositiveIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_default=Now())
    error_code = models.CharField(max_length=100, default="")
    error_message = models.CharField(max_length=1_000, default="")
    chunk_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    indexed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        """Found by its key; those that wait to be indexed by themselves."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "key"], name="knowledge_document_by_key")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(status__in=["queued", "indexing"]),
                name="knowledge_document_due",
            )
        ]


class Chunk(TenantModel):
    """A passage of a document: `start` and `end` are places in its text."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="chunks")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=MAX_FIELD)
    heading = models.CharField(max_length=1_000, default="")
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    tokens = models.PositiveIntegerField()
    metadata = models.JSONField(default=dict)
    words = SearchVectorField()
    v384 = VectorField(dimensions=384, null=True)
    v768 = VectorField(dimensions=768, null=True)
    v1024 = VectorField(dimensions=1024, null=True)
    v1536 = VectorField(dimensions=1536, null=True)
    # An index of whole numbers ends at 2,000 dimensions; of halves, at 4,000.
    v3072 = HalfVectorField(dimensions=3072, null=True)

    class Meta(TenantModel.Meta):
        """Found by vector, by words, by metadata, and by its document."""

        indexes: ClassVar = [
            models.Index(fields=["document", "position"], name="knowledge_chunk_in_order"),
            GinIndex(fields=["words"], name="knowledge_chunk_words"),
            GinIndex(
                fields=["metadata"], name="knowledge_chunk_meta", opclasses=["jsonb_path_ops"]
            ),
            _index("v384"),
            _index("v768"),
            _index("v1024"),
            _index("v1536"),
            _index("v3072", "halfvec"),
        ]


class Kept(TenantModel):
    """Base of short texts, kept by the name of a space, with the local model's vector."""

    space = models.CharField(max_length=MAX_SPACE)
    text = models.TextField()
    digest = models.CharField(max_length=MAX_FIELD)
    v384 = VectorField(dimensions=384, null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        """No table of its own."""

        abstract = True


class Memory(Kept):
    """What an agent remembers: turns of a session in their order, or facts for long."""

    kind = models.CharField(max_length=10)
    role = models.CharField(max_length=20, default="")
    metadata = models.JSONField(default=dict)
    expires_at = models.DateTimeField(null=True)

    class Meta(Kept.Meta):
        """Read by space and kind; found by vector."""

        abstract = False
        indexes: ClassVar = [
            models.Index(fields=["space", "kind", "id"], name="knowledge_memory_space"),
            models.Index(fields=["expires_at"], name="knowledge_memory_expires"),
            _index("v384", prefix="knowledge_memory"),
        ]


class Example(Kept):
    """A text and the label that somebody gave it; `is_correction`: against what was decided."""

    label = models.CharField(max_length=MAX_LABEL)
    is_correction = models.BooleanField(default=False)

    class Meta(Kept.Meta):
        """A text has one label in a space."""

        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "digest"], name="knowledge_example_once")
        ]
        indexes: ClassVar = [_index("v384", prefix="knowledge_example")]


class Seen(Kept):
    """A text that came by, for those that ask whether they had the like of it before."""

    class Meta(Kept.Meta):
        """Each text once in a space."""

        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "digest"], name="knowledge_seen_once")
        ]
        indexes: ClassVar = [_index("v384", prefix="knowledge_seen")]


class Question(Kept):
    """What a model was asked, without its text; `answer` names the answer that is kept for it."""

    answer = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta(Kept.Meta):
        """Each question once among those that were asked in the same way."""

        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "digest"], name="knowledge_question_once")
        ]
        indexes: ClassVar = [_index("v384", prefix="knowledge_question")]
