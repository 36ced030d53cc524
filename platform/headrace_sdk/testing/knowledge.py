"""`ctx.knowledge` in memory: vectors count words, so that texts with the same words are alike."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject
from headrace_sdk.knowledge import Duplicate, Ingest, MemoryKind, Remembered, Search

DIM: Final = 64
SAMPLE: Final[Mapping[str, list[JsonObject]]] = {
    "Manual": [
        {
            "text": "How long is the warranty? Two years from the day of purchase.",
            "document": "manual.pdf",
            "document_id": "document-1",
            "key": "manual.pdf",
            "heading": "Kettle / Warranty",
            "page": 3,
            "start": 0,
            "end": 62,
            "metadata": {"product": "kettle"},
            "ranks": {"vector": 1, "text": 1},
        }
    ]
}


@dataclass(slots=True)
class MemoryKnowledge:
    """`passages` are what a search may find, by collection; all else is kept as it was given.

    At first there is a collection `Manual` with one passage.
    """

    passages: dict[str, list[JsonObject]] = field(default_factory=lambda: deepcopy(dict(SAMPLE)))
    ingested: list[tuple[str, Ingest]] = field(default_factory=list)
    memories: dict[tuple[str, str], list[Remembered]] = field(default_factory=dict)
    learnt: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)

    async def search(self, collection: str, wanted: Search) -> Sequence[JsonObject]:
        """The passages with the most words of the query; filters are not applied."""
        if collection not in self.passages:
            message = f"There is no collection {collection[:60]!r}."
            raise UserError(message, field="collection", code="collection_not_found")
        kept = self.passages[collection]
        scored = [(likeness(wanted.query, str(one["text"])), one) for one in kept]
        good = [one for one in scored if one[0] > max(wanted.threshold, 0.01)]
        best = sorted(good, key=lambda one: -one[0])[: wanted.top]
        return [{**one, "score": score, "similarity": score} for score, one in best]

    async def ingest(self, collection: str, given: Ingest) -> JsonObject:
        """Kept in `ingested`, and found as one passage."""
        if not given.key:
            message = "The key of a document has 1 to 500 characters."
            raise UserError(message, field="key")
        self.ingested.append((collection, given))
        kept = self.passages.setdefault(collection, [])
        kept.append({"text": given.text or "", "document": given.name, "key": given.key})
        return {"document_id": f"document-{len(kept)}", "chunks": 1, "embedded": 1, "removed": 0}

    async def embed(
        self, texts: Sequence[str], *, collection: str = ""
    ) -> Sequence[Sequence[float]]:
        """Vectors that count words."""
        del collection
        return [vector(text) for text in texts]

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """How many words each text shares with the query."""
        return [likeness(query, text) for text in texts]

    async def duplicates(
        self, texts: Sequence[str], *, threshold: float, space: str = "", is_exact: bool = True
    ) -> Sequence[Duplicate | None]:
        """By shared words."""
        del is_exact
        found: list[Duplicate | None] = []
        before = list(self.seen.get(space, []))
        for index, text in enumerate(texts):
            found.append(_earlier(texts[:index], found, text, before, threshold))
            if space and found[-1] is None:
                self.seen.setdefault(space, []).append(text)
        return found

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
        """Kept in `memories`."""
        del ttl_s
        _check(space, text)
        kept = self.memories.setdefault((space, kind), [])
        kept.append(Remembered(f"memory-{len(kept) + 1}", text, role, metadata=metadata or {}))
        return kept[-1].id

    async def recall(
        self, space: str, *, query: str = "", kind: MemoryKind = "long_term", top: int = 10
    ) -> Sequence[Remembered]:
        """The last, or those that share the most words with the query."""
        kept = self.memories.get((space, kind), [])
        if not query:
            return kept[-top:]
        return sorted(kept, key=lambda one: -likeness(query, one.text))[:top]

    async def forget(self, space: str, *, kind: MemoryKind | None = None, id: str = "") -> int:  # noqa: A002 - the protocol's
        """Forget one thing, or everything of a space."""
        count = 0
        for place, kept in self.memories.items():
            if place[0] == space and kind in (None, place[1]):
                left = [one for one in kept if id and one.id != id]
                count += len(kept) - len(left)
                kept[:] = left
        return count

    async def examples(
        self, space: str, text: str, *, top: int = 7, extra: Sequence[tuple[str, str]] = ()
    ) -> Sequence[Remembered]:
        """Those that share the most words."""
        known = {**dict(extra), **self.learnt.get(space, {})}
        found = [
            Remembered("", said, label=label, similarity=likeness(text, said))
            for said, label in known.items()
        ]
        return sorted(found, key=lambda one: -one.similarity)[:top]

    async def learn(self, space: str, text: str, label: str, *, is_correction: bool = True) -> str:
        """Kept in `learnt`."""
        del is_correction
        _check(space, text)
        self.learnt.setdefault(space, {})[text] = label
        return f"example-{len(self.learnt[space])}"


def vector(text: str) -> list[float]:
    """Of length 1; each word adds to one of its numbers."""
    found = [0.0] * DIM
    for word in re.findall(r"\w+", text.lower()):
        found[hashlib.sha256(word.encode(errors="replace")).digest()[0] % DIM] += 1.0
    length = math.sqrt(sum(one * one for one in found)) or 1.0
    return [one / length for one in found]


def likeness(one: str, other: str) -> float:
    """The cosine of both vectors, to six places."""
    pairs = zip(vector(one), vector(other), strict=True)
    return round(sum(a * b for a, b in pairs), 6)


def _check(space: str, text: str) -> None:
    if not space.strip() or len(space) > 200 or not text.strip():
        message = "A name of up to 200 characters and a text are needed."
        raise UserError(message)


def _earlier(
    texts: Sequence[str],
    found: Sequence[Duplicate | None],
    text: str,
    before: Sequence[str],
    threshold: float,
) -> Duplicate | None:
    first = [(index, one) for index, one in enumerate(texts) if found[index] is None]
    near = [Duplicate(index, "", likeness(text, one)) for index, one in first]
    near += [Duplicate(None, one, likeness(text, one)) for one in before]
    best = max(near, key=lambda one: one.similarity, default=None)
    return best if best and best.similarity >= threshold else None
