"""Bodies that the API of knowledge takes, and the shapes that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from rest_framework import serializers
from rest_framework.request import Request

from headrace.accounts.http import Input
from headrace.knowledge import limits
from headrace.knowledge.models import Collection, Document, Example, Memory
from headrace.knowledge.types import DIMS, LANGUAGES, Source, Status
from headrace_sdk.knowledge import FILTERS, Condition, Search


class CollectionInput(Input):
    """`POST collections/`. Of a provider: `model`, `dim` and `credential`."""

    name = serializers.CharField(max_length=limits.MAX_NAME, trim_whitespace=False)
    description = serializers.CharField(required=False, allow_blank=True, max_length=1_000)
    embedder = serializers.CharField(default="local", max_length=30)
    model = serializers.CharField(required=False, max_length=200)
    dim = serializers.ChoiceField(DIMS, required=False)
    credential = serializers.UUIDField(required=False, allow_null=True)
    language = serializers.ChoiceField(LANGUAGES, default="english")
    chunk_tokens = serializers.IntegerField(
        default=200, min_value=limits.MIN_CHUNK_TOKENS, max_value=limits.MAX_CHUNK_TOKENS
    )
    overlap_tokens = serializers.IntegerField(default=30, min_value=0, max_value=500)

    @classmethod
    def columns(cls, request: Request) -> dict[str, Any]:
        """The fields as the row has them."""
        body = cls.read(request)
        body["credential_id"] = body.pop("credential", None)
        body.setdefault("dim", 0)
        return body


class CollectionChange(Input):
    """`PATCH collections/{id}/`."""

    name = serializers.CharField(required=False, max_length=limits.MAX_NAME, trim_whitespace=False)
    description = serializers.CharField(required=False, allow_blank=True, max_length=1_000)


class DocumentInput(Input):
    """`POST collections/{id}/documents/` as JSON: a text. `key` is `name` where it is not given."""

    name = serializers.CharField(max_length=255)
    text = serializers.CharField(max_length=limits.MAX_TEXT, trim_whitespace=False)
    format = serializers.ChoiceField(["text", "markdown", "html", "csv"], default="markdown")
    key = serializers.CharField(required=False, max_length=500)
    metadata = serializers.DictField(required=False)


class DocumentUpload(serializers.Serializer[Any]):
    """The same as a multipart body with one file; `metadata` is JSON."""

    file = serializers.FileField()
    key = serializers.CharField(required=False)
    metadata = serializers.CharField(required=False)


class ConditionInput(Input):
    """One condition on metadata."""

    field = serializers.CharField(max_length=limits.MAX_FIELD)
    op = serializers.ChoiceField([*FILTERS], default="equals")
    value = serializers.JSONField(required=False, allow_null=True)


class SearchInput(Input):
    """`POST collections/{id}/search/`."""

    query = serializers.CharField(max_length=limits.MAX_QUERY)
    top = serializers.IntegerField(default=5, min_value=1, max_value=limits.MAX_TOP)
    mode = serializers.ChoiceField(["hybrid", "vector", "text"], default="hybrid")
    threshold = serializers.FloatField(default=0, min_value=0, max_value=1)
    filter = serializers.ListField(
        child=ConditionInput(), required=False, max_length=limits.MAX_CONDITIONS
    )
    rerank = serializers.BooleanField(default=False)


class ExampleInput(Input):
    """`POST knowledge/examples/`."""

    space = serializers.CharField(max_length=limits.MAX_SPACE)
    text = serializers.CharField(max_length=limits.MAX_REMEMBERED_TEXT)
    label = serializers.CharField(max_length=limits.MAX_LABEL)  # type: ignore[assignment]


class ForgetInput(Input):
    """`POST knowledge/memories/forget/`."""

    space = serializers.CharField(max_length=limits.MAX_SPACE)


class CollectionShape(serializers.Serializer[Any]):
    """A collection, and how far its documents are."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    embedder = serializers.CharField()
    model = serializers.CharField()
    dim = serializers.IntegerField()
    language = serializers.CharField()
    chunk_tokens = serializers.IntegerField()
    overlap_tokens = serializers.IntegerField()
    document_count = serializers.IntegerField()
    waiting_count = serializers.IntegerField()
    failed_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class DocumentShape(serializers.Serializer[Any]):
    """A document without its text."""

    id = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    mime = serializers.CharField()
    size = serializers.IntegerField()
    metadata = serializers.DictField()
    status = serializers.ChoiceField([one.value for one in Status])
    error_code = serializers.CharField()
    error_message = serializers.CharField()
    chunk_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    indexed_at = serializers.DateTimeField(allow_null=True)


class WholeDocumentShape(DocumentShape):
    """A document with the text that was read of it."""

    text = serializers.CharField()


class RanksShape(serializers.Serializer[Any]):
    """Places in both lists, from 1; null where a passage is not in one."""

    vector = serializers.IntegerField(allow_null=True)
    text = serializers.IntegerField(allow_null=True)


class HitShape(serializers.Serializer[Any]):
    """A passage. `start` and `end` are places in its document's text."""

    text = serializers.CharField()
    score = serializers.FloatField()
    similarity = serializers.FloatField()
    document = serializers.CharField()
    document_id = serializers.UUIDField()
    key = serializers.CharField()
    heading = serializers.CharField()
    page = serializers.IntegerField(allow_null=True)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    metadata = serializers.DictField()
    ranks = RanksShape()
    chunk_id = serializers.UUIDField()


class HitsShape(serializers.Serializer[Any]):
    """Passages, best first."""

    results = HitShape(many=True)


class ExampleShape(serializers.Serializer[Any]):
    """A text with its label."""

    id = serializers.UUIDField()
    space = serializers.CharField()
    text = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_correction = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class MemoryShape(serializers.Serializer[Any]):
    """Something that is remembered."""

    id = serializers.UUIDField()
    space = serializers.CharField()
    kind = serializers.CharField()
    role = serializers.CharField()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class ForgottenShape(serializers.Serializer[Any]):
    """How many were forgotten."""

    forgotten = serializers.IntegerField()


_COLLECTION = tuple(CollectionShape().fields)
_DOCUMENT = tuple(DocumentShape().fields)


def collection_json(row: Collection) -> dict[str, Any]:
    """`CollectionShape`, of a row of `queries.counted`."""
    return _shown(row, _COLLECTION)


def document_json(row: Document) -> dict[str, Any]:
    """`DocumentShape`."""
    return _shown(row, _DOCUMENT)


def example_json(row: Example) -> dict[str, Any]:
    """`ExampleShape`."""
    return _shown(row, tuple(ExampleShape().fields))


def memory_json(row: Memory) -> dict[str, Any]:
    """`MemoryShape`."""
    return _shown(row, tuple(MemoryShape().fields))


def wanted(body: Mapping[str, Any]) -> Search:
    """What a person looks for."""
    return Search(
        body["query"],
        top=body["top"],
        mode=body["mode"],
        threshold=body["threshold"],
        where=conditions(body.get("filter", ())),
        rerank=body["rerank"],
    )


def conditions(given: Sequence[Mapping[str, Any]]) -> list[Condition]:
    """The conditions of a body."""
    return [Condition(one["field"], one["op"], one.get("value")) for one in given]


def source(request: Request) -> Source:
    """The document of a request, whichever way it is given.

    Raises:
        ValidationError: with the path of every fault.
    """
    upload: Any = request.FILES.get("file")
    if upload is None:
        return _of_text(DocumentInput.read(request))
    if upload.size > limits.MAX_SOURCE_BYTES:
        message = f"A document may have {limits.MAX_SOURCE_BYTES // 2**20} MiB."
        raise serializers.ValidationError({"file": message})
    name = (upload.name or "file")[:255]
    key = request.POST.get("key") or name
    metadata = _metadata(request.POST.get("metadata"))
    return Source(name, key, upload.read(), upload.content_type or "", metadata)


def _of_text(body: dict[str, Any]) -> Source:
    mime = {"text": "text/plain"}.get(body["format"], f"text/{body['format']}")
    name = body["name"]
    content = body["text"].encode(errors="replace")
    return Source(name, body.get("key") or name, content, mime, body.get("metadata") or {})


def _metadata(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    try:
        found = orjson.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise serializers.ValidationError({"metadata": "Give an object as JSON."})
    return found


def _shown(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
