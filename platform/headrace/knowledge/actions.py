"""Writes: collections and their documents. What changes them goes on record."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.credentials import queries as credentials
from headrace.credentials.errors import CredentialNotFound
from headrace.files import actions as files
from headrace.knowledge import documents, limits
from headrace.knowledge.embedding import model_files
from headrace.knowledge.errors import (
    CollectionNotFound,
    DocumentNotFound,
    InvalidKnowledge,
    LimitReached,
    NameTaken,
)
from headrace.knowledge.models import Collection, Document
from headrace.knowledge.types import DIMS, LANGUAGES, Embedder, Source, Status
from headrace.llm.embedders import wanted_credential
from headrace.llm.errors import InvalidLlmInput
from headrace.tenants.clock import database_now

EDIT: Final = "knowledge.edit"
_SETTLED: Final = ("name", "description")
"""What may change later; all else says how its vectors were made."""


@transaction.atomic
def create(actor: Actor, fields: Mapping[str, Any]) -> UUID:
    """A new, empty collection.

    Raises:
        Forbidden, InvalidKnowledge, NameTaken, LimitReached: as they say.
    """
    require(actor, EDIT)
    if Collection.objects.count() >= limits.MAX_COLLECTIONS:
        message = f"There are {limits.MAX_COLLECTIONS} collections already. Delete one first."
        raise LimitReached(message)
    row = Collection(**fields)
    if row.embedder == Embedder.LOCAL:
        row.model, row.dim, row.credential_id = model_files.NAME, model_files.DIM, None
    _check(actor, row)
    row.save(force_insert=True)
    facts = {"embedder": row.embedder, "model": row.model, "dim": row.dim}
    _note(actor, "created", row, **facts)
    return row.pk


@transaction.atomic
def change(actor: Actor, collection_id: UUID, fields: Mapping[str, Any]) -> None:
    """Give a collection another name or description.

    Raises:
        Forbidden, CollectionNotFound, InvalidKnowledge, NameTaken: as they say.
    """
    require(actor, EDIT)
    row = _locked(collection_id)
    for name in _SETTLED:
        setattr(row, name, fields.get(name, getattr(row, name)))
    _check_name(row)
    row.updated_at = Now()
    row.save()
    _note(actor, "changed", row)


@transaction.atomic
def delete(actor: Actor, collection_id: UUID) -> None:
    """Take a collection away with all that it holds.

    Raises:
        Forbidden, CollectionNotFound: as they say.
    """
    require(actor, EDIT)
    row = _locked(collection_id)
    ids = list(row.documents.values_list("pk", flat=True))
    files.release(ids)
    _note(actor, "deleted", row, documents=len(ids))
    # Row by row the ORM would read them all first.
    row.chunks.all()._raw_delete(row.chunks.db)
    row.documents.all()._raw_delete(row.documents.db)
    row.delete()


@transaction.atomic
def add_document(actor: Actor, collection_id: UUID, source: Source) -> UUID:
    """Give a document; it is indexed soon. One with the same key takes the place of the older.

    Raises:
        Forbidden, CollectionNotFound, InvalidKnowledge, LimitReached: as they say.
    """
    require(actor, EDIT)
    row = _locked(collection_id)
    document, is_work = documents.give(row, source)
    if is_work:
        facts = {"collection": str(row.pk), "key": document.key, "bytes": document.size}
        name = "document.given"
        audit.record(actor.value, name, "document", document.pk, facts)
    return document.pk


@transaction.atomic
def index_again(actor: Actor, collection_id: UUID, document_id: UUID) -> None:
    """Try a document once more, whatever became of it.

    Raises:
        Forbidden, DocumentNotFound: as they say.
    """
    require(actor, EDIT)
    row = _document(collection_id, document_id)
    row.status, row.attempts, row.revision = Status.QUEUED, 0, row.revision + 1
    row.due_at, row.error_code, row.error_message = database_now(), "", ""
    row.save()
    facts = {"collection": str(collection_id)}
    audit.record(actor.value, "document.queued", "document", row.pk, facts)


@transaction.atomic
def delete_document(actor: Actor, collection_id: UUID, document_id: UUID) -> None:
    """Take a document away; nothing of it is found any more.

    Raises:
        Forbidden, DocumentNotFound: as they say.
    """
    require(actor, EDIT)
    row = _document(collection_id, document_id)
    facts = {"collection": str(collection_id), "key": row.key}
    audit.record(actor.value, "document.deleted", "document", row.pk, facts)
    files.release([row.pk])
    row.chunks.all()._raw_delete(row.chunks.db)
    row.delete()


def _locked(collection_id: UUID) -> Collection:
    row = Collection.objects.select_for_update().filter(pk=collection_id).first()
    if row is None:
        raise CollectionNotFound
    return row


def _document(collection_id: UUID, document_id: UUID) -> Document:
    rows = Document.objects.select_for_update().defer("text")
    row = rows.filter(collection_id=collection_id, pk=document_id).first()
    if row is None:
        raise DocumentNotFound
    return row


def _check(actor: Actor, row: Collection) -> None:
    _check_name(row)
    if row.language not in LANGUAGES:
        message = f"Choose one of {', '.join(LANGUAGES)}."
        raise InvalidKnowledge(message, "/language")
    if row.overlap_tokens * 2 > row.chunk_tokens:
        message = "Passages may share at most half of their tokens."
        raise InvalidKnowledge(message, "/overlap_tokens")
    if row.embedder == Embedder.LOCAL:
        if row.chunk_tokens > model_files.MAX_TOKENS:
            message = f"The local model reads {model_files.MAX_TOKENS} tokens of a passage."
            raise InvalidKnowledge(message, "/chunk_tokens")
        return
    try:
        wanted = wanted_credential(row.embedder)
    except InvalidLlmInput as error:
        raise InvalidKnowledge(error.message, "/embedder", error.code) from None
    if not row.model or row.dim not in DIMS:
        message = f"Name the model, and how long its vectors are: {', '.join(map(str, DIMS))}."
        raise InvalidKnowledge(message, "/dim" if row.model else "/model")
    if wanted is None:
        row.credential_id = None
        return
    _check_credential(actor, row, wanted)


def _check_credential(actor: Actor, row: Collection, wanted: str) -> None:
    if row.credential_id is None:
        message = f"A model of {row.embedder} needs a credential."
        raise InvalidKnowledge(message, "/credential", "credential_missing")
    try:
        credential = credentials.credential(actor, row.credential_id)
    except CredentialNotFound as error:
        raise InvalidKnowledge(error.message, "/credential", error.code) from None
    if credential.type != wanted:
        message = f"The credential is one of {credential.type}, the model one of {row.embedder}."
        raise InvalidKnowledge(message, "/credential", "credential_not_accepted")


def _check_name(row: Collection) -> None:
    name = row.name
    is_shown = all(unicodedata.category(one) not in ("Cc", "Cf", "Cs") for one in name)
    if not name.strip() or name != name.strip() or len(name) > limits.MAX_NAME or not is_shown:
        message = f"A name has 1 to {limits.MAX_NAME} visible characters, and no space at its ends."
        raise InvalidKnowledge(message, "/name", "bad_name")
    if Collection.objects.filter(name=name).exclude(pk=row.pk).exists():
        raise NameTaken(name)


def _note(actor: Actor, what: str, row: Collection, **facts: Any) -> None:
    facts = {"name": row.name, **facts}
    audit.record(actor.value, f"collection.{what}", "collection", row.pk, facts)
