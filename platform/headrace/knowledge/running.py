"""What runs of workflows write: once for each run, however often it is attempted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from django.db import transaction

from headrace.knowledge import documents, duplicates, labels, memory
from headrace.knowledge.duplicates import Sameness
from headrace.knowledge.models import Collection, Document
from headrace.knowledge.types import Indexed, Source, Vector
from headrace.state.once import once
from headrace.state.types import Asker, Shared
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.knowledge import Duplicate


def remember(
    asker: Asker, call: int, shared: Shared, text: str, vector: Vector | None, **given: Any
) -> str:
    """See `headrace_sdk.knowledge.Knowledge.remember`; `shared.key` names the space."""

    def act() -> JsonValue:
        return str(memory.remember(shared.key, text, vector, **given))

    operation = asker.operation("knowledge.remember", shared.key, call)
    return str(once(operation, asker.execution_id, act))


def learn(
    asker: Asker,
    call: int,
    shared: Shared,
    text: str,
    label: str,
    *,
    vector: Vector,
    is_correction: bool,
) -> str:
    """See `headrace_sdk.knowledge.Knowledge.learn`."""

    def act() -> JsonValue:
        return str(labels.learn(shared.key, text, label, vector, is_correction=is_correction))

    operation = asker.operation("knowledge.learn", shared.key, call)
    return str(once(operation, asker.execution_id, act))


def forget(asker: Asker, call: int, shared: Shared, kind: str | None, id_: str) -> int:
    """See `headrace_sdk.knowledge.Knowledge.forget`."""

    def act() -> JsonValue:
        return memory.forget(shared.key, kind=kind, id_=id_)

    operation = asker.operation("knowledge.forget", shared.key, call)
    return cast("int", once(operation, asker.execution_id, act))


def with_seen(
    asker: Asker,
    call: int,
    shared: Shared,
    texts: Sequence[str],
    *,
    vectors: Sequence[Vector],
    sameness: Sameness,
) -> list[Duplicate | None]:
    """See `headrace_sdk.knowledge.Knowledge.duplicates`.

    A later attempt is told what the first one was: it would find its own texts seen already.
    """

    def act() -> JsonValue:
        found = duplicates.with_seen(shared.key, texts, vectors, sameness)
        return [asdict(one) if one else None for one in found]

    operation = asker.operation("knowledge.seen", shared.key, call)
    answer: Any = once(operation, asker.execution_id, act)
    return [Duplicate(**one) if one else None for one in answer]


@transaction.atomic
def given(collection: Collection, source: Source) -> Document | Indexed:
    """A document of a run, claimed for indexing; what it has already where it is unchanged.

    Giving it again is no harm, so that it needs no record of its own.

    Raises:
        KnowledgeError: it cannot be taken in.
    """
    document, is_work = documents.give(collection, source)
    claimed = documents.claim(document.pk) if is_work else None
    return claimed or Indexed(document.pk, document.chunk_count, 0, 0)


def indexed_json(found: Indexed) -> JsonObject:
    """As nodes are told."""
    return {
        "document_id": str(found.document_id),
        "chunks": found.chunks,
        "embedded": found.embedded,
        "removed": found.removed,
    }
