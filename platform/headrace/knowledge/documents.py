"""Documents as rows: given, claimed by whoever indexes them, settled or given back."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Q, QuerySet

from headrace.files import actions as files
from headrace.knowledge import limits
from headrace.knowledge.errors import InvalidKnowledge, LimitReached
from headrace.knowledge.filters import is_field
from headrace.knowledge.kinds import kind_of
from headrace.knowledge.models import Collection, Document
from headrace.knowledge.types import Source, Status
from headrace.tenants.clock import database_now
from headrace_sdk.errors import HeadraceError, UpstreamError
from headrace_sdk.items import JsonObject

CLAIM: Final = timedelta(minutes=3)
"""Renewed while a document is being indexed; past it somebody else goes on with it."""

MAX_ATTEMPTS: Final = 5
_POISON: Final = "Indexing stopped in the middle, again and again. Give the document in parts."


def give(collection: Collection, source: Source) -> tuple[Document, bool]:
    """Note a document for indexing; is there anything to do? The same again changes nothing.

    To be called in a transaction.

    Raises:
        InvalidKnowledge, LimitReached: it cannot be taken in.
    """
    check(source)
    sha256 = hashlib.sha256(source.content).hexdigest()
    row = (
        Document.objects.select_for_update()
        .filter(collection=collection, key=source.key)
        .defer("text")
        .first()
    )
    if row is None:
        if Document.objects.filter(collection=collection).count() >= limits.MAX_DOCUMENTS:
            message = f"A collection holds {limits.MAX_DOCUMENTS:,} documents, no more."
            raise LimitReached(message)
        row = Document(collection=collection, key=source.key, revision=0)
    is_same = row.sha256 == sha256 and row.metadata == source.metadata and row.name == source.name
    if is_same and row.status != Status.FAILED:
        return row, row.status != Status.READY
    _renew(row, source, sha256)
    return row, True


def check(source: Source) -> None:
    """Do nothing if a document is one that can be taken in.

    Raises:
        InvalidKnowledge: it is not.
    """
    if len(source.content) > limits.MAX_SOURCE_BYTES:
        message = f"A document may have {limits.MAX_SOURCE_BYTES // 2**20} MiB."
        raise InvalidKnowledge(message, "/file", "document_too_long")
    if not source.key or len(source.key) > 500 or "\0" in source.key:
        message = "The key of a document has 1 to 500 characters."
        raise InvalidKnowledge(message, "/key")
    if kind_of(source.name, source.mime) is None:
        message = (
            f"Neither the name {source.name[:60]!r} nor the type {source.mime[:60]!r} is one that "
            "can be read. Give text, Markdown, HTML, PDF, DOCX or CSV."
        )
        raise InvalidKnowledge(message, "/file", "unknown_format")
    check_metadata(source.metadata)


def check_metadata(metadata: JsonObject) -> None:
    """Do nothing if these can be a document's metadata.

    Raises:
        InvalidKnowledge: a name, a value or their size does not fit.
    """
    for name, value in metadata.items():
        if not is_field(name):
            message = (
                f"{name[:60]!r} cannot be a field: begin with a letter, then letters, digits, "
                f"'_', '-', '.' and spaces, {limits.MAX_FIELD} at most."
            )
            raise InvalidKnowledge(message, "/metadata")
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(part, dict | list) for part in parts):
            message = f"{name!r} holds a text, a number, true, false, null, or a list of those."
            raise InvalidKnowledge(message, f"/metadata/{name}")
    if len(orjson.dumps(metadata)) > limits.MAX_METADATA_BYTES:
        message = f"Metadata may have {limits.MAX_METADATA_BYTES:,} bytes."
        raise InvalidKnowledge(message, "/metadata")


@transaction.atomic
def claim(document_id: UUID | None = None) -> Document | None:
    """The next document that waits, or that its claimer left behind.

    One that is named is taken away from whoever has it: a run that is repeated has it from before.
    """
    now = database_now()
    rows = Document.objects.select_for_update(skip_locked=document_id is None, of=("self",))
    if document_id is not None:
        rows = rows.filter(pk=document_id)
    else:
        is_late = Q(status=Status.INDEXING, claimed_until__lt=now)
        rows = rows.filter(Q(status=Status.QUEUED, due_at__lte=now) | is_late)
    row = rows.select_related("collection").order_by("due_at", "id").first()
    if row is None:
        return None
    row.status, row.claimed_until = Status.INDEXING, now + CLAIM
    row.attempts += 1
    row.revision += 1
    row.save(update_fields=["status", "claimed_until", "attempts", "revision"])
    if row.attempts > MAX_ATTEMPTS:
        fail(row, HeadraceError(_POISON, code="indexing_stopped"))
        return None
    return row


def hold(document: Document) -> bool:
    """Renew a claim; `False` where the document is gone or was given anew."""
    return bool(_claimed(document).update(claimed_until=database_now() + CLAIM))


def fail(document: Document, error: HeadraceError) -> None:
    """Note why it could not be indexed; what may pass by itself is tried again later."""
    is_passing = isinstance(error, UpstreamError) and error.is_retryable
    may_pass = is_passing and document.attempts < MAX_ATTEMPTS
    pause = timedelta(seconds=min(5 * 4**document.attempts, 900))
    _claimed(document).update(
        status=Status.QUEUED if may_pass else Status.FAILED,
        due_at=database_now() + pause,
        claimed_until=None,
        error_code=error.code[:100],
        error_message=error.message[:1_000],
    )


def give_back(document: Document) -> None:
    """Let somebody else index it at once."""
    _claimed(document).update(status=Status.QUEUED, claimed_until=None)


def _claimed(document: Document) -> QuerySet[Document]:
    return Document.objects.filter(
        pk=document.pk, revision=document.revision, status=Status.INDEXING
    )


def _renew(row: Document, source: Source, sha256: str) -> None:
    is_new_content = row.sha256 != sha256
    row.name, row.mime = files.display_name(source.name), files.safe_mime(source.mime)
    row.sha256, row.size, row.metadata = sha256, len(source.content), source.metadata
    row.status, row.attempts, row.revision = Status.QUEUED, 0, row.revision + 1
    row.error_code = row.error_message = ""
    row.due_at = row.updated_at = database_now()
    if is_new_content:
        file = files.put(source.content, name=row.name, mime=row.mime, is_loose=True)
        files.release([row.pk])
        files.hold(row.pk, [UUID(file.id)])
        row.file_id = UUID(file.id)
    row.save()
