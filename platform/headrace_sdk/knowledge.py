"""What the workspace knows, as nodes see it: passages by meaning and words, vectors, memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from headrace_sdk.items import FileRef, JsonObject, JsonValue

SearchMode = Literal["hybrid", "vector", "text"]
Filter = Literal[
    "equals",
    "not_equals",
    "in",
    "contains",
    "gt",
    "gte",
    "lt",
    "lte",
    "exists",
    "not_exists",
]
FILTERS: Final[Mapping[str, str]] = {
    "equals": "is",
    "not_equals": "is not",
    "in": "is one of",
    "contains": "contains",
    "gt": "is more than",
    "gte": "is at least",
    "lt": "is less than",
    "lte": "is at most",
    "exists": "is there",
    "not_exists": "is not there",
}
MAX_TEXTS: Final = 2_000
"""Texts that one call may take."""

MemoryKind = Literal["session", "long_term"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a document's metadata, or on its `document` (name), `key` or `document_id`."""

    field: str
    op: str = "equals"
    value: JsonValue = None


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Passages less similar than `threshold` (0 to 1) are left out."""

    query: str
    top: int = 5
    mode: SearchMode = "hybrid"
    threshold: float = 0.0
    where: Sequence[Condition] = ()
    rerank: bool = False


@dataclass(frozen=True, slots=True)
class Ingest:
    """A document to take in: a `text` or a `file`. `key` names it for the next time.

    With `creates` a collection that is not there yet is made, with the local model.
    """

    name: str
    key: str
    text: str | None = None
    file: FileRef | None = None
    kind: str = ""
    metadata: JsonObject = field(default_factory=dict)
    creates: bool = False


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something that was kept under the name of a space."""

    id: str
    text: str
    role: str = ""
    label: str = ""
    similarity: float = 0.0
    metadata: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Of a text: the index of the earlier one it is like, or what was seen in an earlier run."""

    index: int | None
    seen: str
    similarity: float


class Knowledge(Protocol):
    """Collections of the workspace, each named by its id or its name; and spaces by any name.

    What writes is applied once for a run. Every method raises `UserError` where a name, a filter or
    a size does not fit, `SecretError` and `UpstreamError` where a provider's vectors are needed.
    """

    async def search(self, collection: str, wanted: Search) -> Sequence[JsonObject]:
        """Passages, best first: `text`, `score`, `similarity`, and where each stands.

        `document`, `document_id`, `key`, `heading`, `page`, `start`, `end`, `metadata`, `ranks`.
        """
        ...

    async def ingest(self, collection: str, given: Ingest) -> JsonObject:
        """Take in a document now; the same `key` takes the place of what was there.

        Gives `document_id`, `chunks`, and how many were `embedded` anew and `removed`.
        """
        ...

    async def embed(
        self, texts: Sequence[str], *, collection: str = ""
    ) -> Sequence[Sequence[float]]:
        """A vector of length 1 for each text: by the local model, or by a collection's."""
        ...

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers, 0 to 1, by meaning and by the query's rarer words."""
        ...

    async def duplicates(
        self, texts: Sequence[str], *, threshold: float, space: str = "", is_exact: bool = True
    ) -> Sequence[Duplicate | None]:
        """For each text the earlier one that it is like; a `space` keeps those that are new.

        With `is_exact` texts that contradict one another in a number, a name, or by a *not* are
        never the same.
        """
        ...

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
        """Keep a turn of a session, or a fact for long; its id."""
        ...

    async def recall(
        self, space: str, *, query: str = "", kind: MemoryKind = "long_term", top: int = 10
    ) -> Sequence[Remembered]:
        """The last turns in their order; of facts, those most like the query."""
        ...

    async def forget(self, space: str, *, kind: MemoryKind | None = None, id: str = "") -> int:  # noqa: A002 - as it is kept
        """Forget one thing, or everything of a space; how many."""
        ...

    async def examples(
        self, space: str, text: str, *, top: int = 7, extra: Sequence[tuple[str, str]] = ()
    ) -> Sequence[Remembered]:
        """The labelled examples most like a text, of the space and of `extra` (text, label)."""
        ...

    async def learn(self, space: str, text: str, label: str, *, is_correction: bool = True) -> str:
        """Keep a text with its label; the id. An earlier label of the same text is replaced."""
        ...
