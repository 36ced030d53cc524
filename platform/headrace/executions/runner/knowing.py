"""`ctx.knowledge` of one attempt: vectors in the name of the run, writes once for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from headrace.accounts.types import SYSTEM
from headrace.executions.runner.language import RunLlm
from headrace.executions.runner.shared import Doorway
from headrace.files import queries as files
from headrace.knowledge import actions, duplicates, labels, memory, queries, running, search
from headrace.knowledge.embedding.embedder import local_vectors
from headrace.knowledge.errors import CollectionNotFound, InvalidKnowledge, NameTaken
from headrace.knowledge.indexing import index
from headrace.knowledge.rerank import relevance
from headrace.knowledge.types import Embedder, Indexed, Source, Vector
from headrace.state.types import Shared
from headrace.tenants.threads import in_thread
from headrace_sdk.items import JsonObject
from headrace_sdk.knowledge import MAX_TEXTS, Duplicate, Ingest, MemoryKind, Remembered, Search
from headrace_sdk.masking import Mask

MIMES = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html", "csv": "text/csv"}


class RunKnowledge:
    """See `headrace_sdk.knowledge.Knowledge`. What is kept holds no secret that the run opened."""

    def __init__(self, doorway: Doorway, llm: RunLlm, mask: Mask) -> None:
        self._doorway = doorway
        self._llm = llm
        self._mask = mask

    async def search(self, collection: str, wanted: Search) -> Sequence[JsonObject]:
        """Passages, best first."""
        search.check(wanted)
        row = await in_thread(queries.collection, collection)
        vectors = await self._llm.embedding.vectors(row.embedding, [wanted.query])
        hits = await in_thread(search.find, row, wanted, vectors[0])
        return [hit.to_json() for hit in hits]

    async def ingest(self, collection: str, given: Ingest) -> JsonObject:
        """Take in a document now."""
        if given.creates:
            await self._make_sure_of(collection)
        row = await in_thread(queries.collection, collection)
        source = await self._source(given)
        await self._doorway.settle()
        document = await in_thread(running.given, row, source)
        if isinstance(document, Indexed):
            return running.indexed_json(document)
        found = await index(document, self._llm.embedding)
        return running.indexed_json(found or Indexed(document.pk, 0, 0, 0))

    async def embed(
        self, texts: Sequence[str], *, collection: str = ""
    ) -> Sequence[Sequence[float]]:
        """A vector for each text."""
        _check_count(texts)
        if not collection:
            return await local_vectors(texts)
        row = await in_thread(queries.collection, collection)
        return await self._llm.embedding.vectors(row.embedding, texts)

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers."""
        _check_count(texts)
        asked, *vectors = await local_vectors([query, *texts])
        similar = [sum(a * b for a, b in zip(asked, one, strict=True)) for one in vectors]
        return relevance(query, texts, similar)

    async def duplicates(
        self, texts: Sequence[str], *, threshold: float, space: str = "", is_exact: bool = True
    ) -> Sequence[Duplicate | None]:
        """For each text the earlier one that it is like."""
        _check_count(texts)
        vectors = await local_vectors(texts)
        sameness = duplicates.Sameness(threshold, is_exact)
        if not space:
            return await asyncio.to_thread(duplicates.among, texts, vectors, sameness)
        masked = [self._mask.text(text) for text in texts]
        options: dict[str, Any] = {"vectors": vectors, "sameness": sameness}
        return await self._doorway.once(running.with_seen, self._shared(space), masked, **options)

    async def remember(
        self,
        space: str,
        text: str,
        *,
        kind: MemoryKind = "long_term",
        role: str = "",
        ttl_s: float | None = None,
        metadata: JsonObject | None = None,
    ) -> str:
        """Keep a turn of a session, or a fact for long."""
        masked = self._mask.text(text)
        vector: Vector | None = None
        if kind == "long_term":
            vector = (await local_vectors([masked]))[0]
        options: dict[str, Any] = {"kind": kind, "role": role, "ttl_s": ttl_s}
        options["metadata"] = self._mask.object(metadata or {})
        shared = self._shared(space)
        return await self._doorway.once(running.remember, shared, masked, vector, **options)

    async def recall(
        self, space: str, *, query: str = "", kind: MemoryKind = "long_term", top: int = 10
    ) -> Sequence[Remembered]:
        """The last turns, or the facts most like the query."""
        vector = (await local_vectors([query]))[0] if query and kind == "long_term" else None
        return await in_thread(memory.recall, space, vector, kind=kind, top=top)

    async def forget(self, space: str, *, kind: MemoryKind | None = None, id: str = "") -> int:  # noqa: A002 - the SDK's
        """Forget one thing, or everything of a space."""
        return await self._doorway.once(running.forget, self._shared(space), kind, id)

    async def examples(
        self, space: str, text: str, *, top: int = 7, extra: Sequence[tuple[str, str]] = ()
    ) -> Sequence[Remembered]:
        """The labelled examples most like a text."""
        _check_count(extra)
        asked, *given = await local_vectors([text, *(one for one, _ in extra)])
        found = [
            Remembered("", said, label=label, similarity=_likeness(asked, vector))
            for (said, label), vector in zip(extra, given, strict=True)
        ]
        if space:
            # Of the same text what was learnt counts, not what the form says.
            learnt = await in_thread(labels.nearest, space, asked, top)
            texts = {one.text for one in learnt}
            found = [*learnt, *(one for one in found if one.text not in texts)]
        return sorted(found, key=lambda one: -one.similarity)[:top]

    async def learn(self, space: str, text: str, label: str, *, is_correction: bool = True) -> str:
        """Keep a text with its label."""
        masked = self._mask.text(text)
        vector = (await local_vectors([masked]))[0]
        options: dict[str, Any] = {"vector": vector, "is_correction": is_correction}
        given = (masked, self._mask.text(label))
        return await self._doorway.once(running.learn, self._shared(space), *given, **options)

    async def _make_sure_of(self, name: str) -> None:
        """A new collection of that name, with the local model, if there is none."""
        try:
            await in_thread(queries.collection, name)
        except CollectionNotFound:
            await self._doorway.settle()
            # Another run may have been quicker.
            with suppress(NameTaken):
                fields = {"name": name, "embedder": Embedder.LOCAL}
                await in_thread(actions.create, SYSTEM, fields)

    async def _source(self, given: Ingest) -> Source:
        metadata = self._mask.object(given.metadata)
        if given.file is not None:
            content = await in_thread(files.read, given.file.id)
            mime = MIMES.get(given.kind, given.file.mime)
            name = given.name or given.file.name
            return Source(name, given.key, content, mime, metadata)
        text = self._mask.text(given.text or "")
        mime = MIMES.get(given.kind, MIMES["markdown"])
        return Source(given.name, given.key, text.encode(errors="replace"), mime, metadata)

    def _shared(self, space: str) -> Shared:
        return Shared(self._doorway.asker.tenant_id, space)


def _likeness(one: Vector, other: Vector) -> float:
    return round(max(0.0, sum(a * b for a, b in zip(one, other, strict=True))), 6)


def _check_count(texts: Sequence[object]) -> None:
    if len(texts) > MAX_TEXTS:
        message = f"At most {MAX_TEXTS:,} texts can be taken at once."
        raise InvalidKnowledge(message, "/texts", "too_many_texts")
