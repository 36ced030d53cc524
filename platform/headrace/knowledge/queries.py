"""Reads of knowledge: collections, documents, passages."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db.models import Count, Q, QuerySet

from headrace.knowledge import search
from headrace.knowledge.embedding import local_model
from headrace.knowledge.embedding.embedder import for_a_person
from headrace.knowledge.errors import CollectionNotFound, DocumentNotFound
from headrace.knowledge.models import Collection, Document
from headrace.knowledge.types import CollectionName, Embedder, EmbeddingModel, Hit, Status, Vector
from headrace_sdk.knowledge import Search


def collections() -> Sequence[CollectionName]:
    """Collections to choose from, by name."""
    rows = Collection.objects.order_by("name").values_list("pk", "name")
    return [CollectionName(id_, name) for id_, name in rows]


def counted() -> QuerySet[Collection]:
    """Collections with how many documents they have, and how many of those are not ready."""
    is_waiting = Q(documents__status__in=[Status.QUEUED, Status.INDEXING])
    return Collection.objects.annotate(
        document_count=Count("documents"),
        waiting_count=Count("documents", filter=is_waiting),
        failed_count=Count("documents", filter=Q(documents__status=Status.FAILED)),
    )


def collection(name: str) -> Collection:
    """The collection with this id or name.

    Raises:
        CollectionNotFound: there is none.
    """
    try:
        row = Collection.objects.filter(pk=UUID(name)).first()
    except ValueError:
        row = None
    row = row or Collection.objects.filter(name=name.replace("\x00", "\ufffd")).first()
    if row is None:
        raise CollectionNotFound(name)
    return row


def collection_by_id(collection_id: UUID) -> Collection:
    """The collection with this id.

    Raises:
        CollectionNotFound: there is none.
    """
    row = Collection.objects.filter(pk=collection_id).first()
    if row is None:
        raise CollectionNotFound
    return row


def documents_of(collection_id: UUID) -> QuerySet[Document]:
    """The documents of a collection, without their texts.

    Raises:
        CollectionNotFound: there is none.
    """
    collection_by_id(collection_id)
    return Document.objects.filter(collection_id=collection_id).defer("text")


def document(collection_id: UUID, document_id: UUID) -> Document:
    """One document with its text.

    Raises:
        DocumentNotFound: the collection has none of this id.
    """
    row = Document.objects.filter(collection_id=collection_id, pk=document_id).first()
    if row is None:
        raise DocumentNotFound
    return row


def search_by_hand(row: Collection, wanted: Search) -> list[Hit]:
    """Passages for a person who tries a search out.

    Raises:
        KnowledgeError: it cannot be asked so.
    """
    search.check(wanted)
    return search.find(row, wanted, vectors_by_hand(row.embedding, [wanted.query])[0])


def vectors_by_hand(model: EmbeddingModel, texts: Sequence[str]) -> Sequence[Vector]:
    """Vectors for somebody's request, in the thread of that request."""
    if model.embedder == Embedder.LOCAL:
        return [one.tolist() for one in local_model.embed(texts)]

    async def asked() -> Sequence[Vector]:
        async with for_a_person() as embedding:
            return await embedding.vectors(model, texts)

    return async_to_sync(asked)()
