"""Makes a document searchable: read apart, cut, and only what is new given to the model.

A chunk is named by the digest of its heading and text. Those that the document had before keep
their vectors; all changes to its chunks become visible at once, when everything is there.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from headrace.files import queries as files
from headrace.knowledge import chunking, documents, limits
from headrace.knowledge.embedding import local_model
from headrace.knowledge.embedding.embedder import Embedding
from headrace.knowledge.errors import LimitReached, UnreadableDocument
from headrace.knowledge.kinds import NO_PARSER, kind_of
from headrace.knowledge.models import Chunk, Document
from headrace.knowledge.plain_text import read_plain
from headrace.knowledge.types import Indexed, Piece, Status, Vector
from headrace.tenants.clock import database_now
from headrace.tenants.threads import in_thread
from headrace_sdk.apart import run_apart
from headrace_sdk.errors import HeadraceError
from headrace_sdk.items import JsonObject

BATCH: Final = 64
"""Chunks that are given to the model before the claim is renewed."""

MOVED: Final = ("position", "start", "end", "page", "metadata")


@dataclass(slots=True)
class _Plan:
    """What becomes of a document's chunks."""

    new: list[tuple[int, Piece]] = field(default_factory=list)
    moved: list[Chunk] = field(default_factory=list)
    gone: list[UUID] = field(default_factory=list)
    total: int = 0


async def index(document: Document, embedding: Embedding) -> Indexed | None:
    """Index a claimed document; `None` if it was given anew or deleted meanwhile.

    Raises:
        HeadraceError: why it failed, which the document tells, too.
    """
    try:
        return await _indexed(document, embedding)
    except HeadraceError as error:
        await in_thread(documents.fail, document, error)
        raise
    except BaseException:
        await in_thread(documents.give_back, document)
        raise


async def _indexed(document: Document, embedding: Embedding) -> Indexed | None:
    collection = document.collection
    kind = kind_of(document.name, document.mime)
    if kind is None:
        message = "This kind of file cannot be read."
        raise UnreadableDocument(message)
    content = await in_thread(files.read, document.file_id)
    text = await _text(kind, content)
    plan = await in_thread(_planned, document, text)
    vectors: list[Vector] = []
    for start in range(0, len(plan.new), BATCH):
        if not await in_thread(documents.hold, document):
            return None
        texts = [told(piece) for _, piece in plan.new[start : start + BATCH]]
        vectors += await embedding.vectors(collection.embedding, texts)
    return await in_thread(_stored, document, text, plan, vectors)


async def _text(kind: str, content: bytes) -> str:
    """Parsers of strangers' files run apart, and are not even loaded here."""
    if kind in NO_PARSER:
        return await asyncio.to_thread(read_plain, content, limits.MAX_TEXT)
    given: JsonObject = {"kind": kind, "limit": limits.MAX_TEXT}
    read, _ = await run_apart("headrace.knowledge.reading:read", given, content)
    return str(cast("dict[str, Any]", read)["text"])


def told(piece: Piece) -> str:
    """What the model reads: a passage says more under its headings."""
    return f"{piece.heading}\n{piece.text}" if piece.heading else piece.text


def _planned(document: Document, text: str) -> _Plan:
    collection = document.collection
    found = chunking.pieces(
        text,
        size=collection.chunk_tokens,
        overlap=collection.overlap_tokens,
        count=local_model.count_tokens,
    )
    if len(found) > limits.MAX_DOCUMENT_CHUNKS:
        message = f"A document may have {limits.MAX_DOCUMENT_CHUNKS:,} passages. Give it in parts."
        raise LimitReached(message)
    known: dict[str, list[Chunk]] = defaultdict(list)
    for chunk in document.chunks.only("digest", *MOVED).order_by("-position"):
        known[chunk.digest].append(chunk)
    plan = _Plan(total=len(found))
    for position, piece in enumerate(found):
        if not known[piece.digest]:
            plan.new.append((position, piece))
            continue
        chunk = known[piece.digest].pop()
        if _moves(chunk, position, piece, document):
            plan.moved.append(chunk)
    plan.gone = [chunk.pk for chunks in known.values() for chunk in chunks]
    if Chunk.objects.count() + len(plan.new) - len(plan.gone) > limits.MAX_CHUNKS:
        message = f"A workspace keeps {limits.MAX_CHUNKS:,} passages. Delete documents first."
        raise LimitReached(message)
    return plan


def _moves(chunk: Chunk, position: int, piece: Piece, document: Document) -> bool:
    """Put a known chunk at its new place; is it another one?"""
    before = [getattr(chunk, name) for name in MOVED]
    chunk.position, chunk.start, chunk.end = position, piece.start, piece.end
    chunk.page, chunk.metadata = piece.page, document.metadata
    return before != [getattr(chunk, name) for name in MOVED]


@transaction.atomic
def _stored(
    document: Document, text: str, plan: _Plan, vectors: Sequence[Vector]
) -> Indexed | None:
    row = (
        Document.objects.select_for_update(of=("self",))
        .filter(pk=document.pk, revision=document.revision)
        .defer("text")
        .first()
    )
    if row is None:
        return None
    Chunk.objects.filter(pk__in=plan.gone).delete()
    Chunk.objects.bulk_update(plan.moved, MOVED, batch_size=500)
    made = zip(plan.new, vectors, strict=True)
    rows = [chunk_of(document, position, piece, vector) for (position, piece), vector in made]
    Chunk.objects.bulk_create(rows, batch_size=200)
    row.text, row.status, row.chunk_count = text, Status.READY, plan.total
    row.error_code = row.error_message = ""
    row.claimed_until, row.indexed_at = None, database_now()
    row.save()
    return Indexed(document.pk, plan.total, len(plan.new), len(plan.gone))


def chunk_of(document: Document, position: int, piece: Piece, vector: Vector) -> Chunk:
    """The row of a piece."""
    collection = document.collection
    language = collection.language
    heading = SearchVector(Value(piece.heading), weight="A", config=language)
    said = SearchVector(Value(piece.text), weight="B", config=language)
    return Chunk(
        collection_id=collection.pk,
        document_id=document.pk,
        position=position,
        digest=piece.digest,
        heading=piece.heading,
        text=piece.text,
        start=piece.start,
        end=piece.end,
        page=piece.page,
        tokens=piece.tokens,
        metadata=document.metadata,
        words=heading + said,
        **{f"v{collection.dim}": vector},
    )
