"""The API of collections and their documents, and the search that a person tries out."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.accounts.parsers import StrictJSONParser
from headrace.knowledge import actions, queries, serializers
from headrace.knowledge.errors import CollectionNotFound
from headrace.knowledge.types import Status

VIEW = "knowledge.view"
EDIT = "knowledge.edit"


class CollectionsView(APIView):
    """`collections/`."""

    verbs: ClassVar = {"GET": VIEW, "POST": EDIT}

    @extend_schema(responses=page_of(serializers.CollectionShape))
    def get(self, request: Request) -> Response:
        """All collections by name."""
        del request
        return page(self, queries.counted(), serializers.collection_json, ("name", "id"))

    @extend_schema(
        request=serializers.CollectionInput, responses={201: serializers.CollectionShape}
    )
    def post(self, request: Request) -> Response:
        """A new collection. How its vectors are made cannot be changed later."""
        fields = serializers.CollectionInput.columns(request)
        return Response(_one(actions.create(actor_of(request), fields)), status=201)


class CollectionView(APIView):
    """`collections/{id}/`."""

    verbs: ClassVar = {"GET": VIEW, "PATCH": EDIT, "DELETE": EDIT}

    @extend_schema(responses=serializers.CollectionShape)
    def get(self, request: Request, collection_id: UUID) -> Response:
        """A collection."""
        del request
        return Response(_one(collection_id))

    @extend_schema(request=serializers.CollectionChange, responses=serializers.CollectionShape)
    def patch(self, request: Request, collection_id: UUID) -> Response:
        """Give it another name or description."""
        _one(collection_id)
        body = serializers.CollectionChange.read(request)
        actions.change(actor_of(request), collection_id, body)
        return Response(_one(collection_id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, collection_id: UUID) -> Response:
        """Take it away with its documents."""
        actions.delete(actor_of(request), collection_id)
        return Response(status=204)


class DocumentsView(APIView):
    """`collections/{id}/documents/`."""

    verbs: ClassVar = {"GET": VIEW, "POST": EDIT}
    parser_classes = (StrictJSONParser, MultiPartParser)

    @extend_schema(
        parameters=[
            OpenApiParameter("status", enum=[one.value for one in Status], description="Only such.")
        ],
        responses=page_of(serializers.DocumentShape),
    )
    def get(self, request: Request, collection_id: UUID) -> Response:
        """Its documents, newest first."""
        rows = queries.documents_of(collection_id)
        if request.query_params.get("status") in set(Status):
            rows = rows.filter(status=request.query_params["status"])
        return page(self, rows, serializers.document_json)

    @extend_schema(
        request={
            "application/json": serializers.DocumentInput,
            "multipart/form-data": serializers.DocumentUpload,
        },
        responses={201: serializers.DocumentShape},
    )
    def post(self, request: Request, collection_id: UUID) -> Response:
        """Give a document; it is indexed soon. The same `key` takes the place of the older one."""
        _one(collection_id)
        source = serializers.source(request)
        made = actions.add_document(actor_of(request), collection_id, source)
        return Response(
            serializers.document_json(queries.document(collection_id, made)), status=201
        )


class DocumentView(APIView):
    """`collections/{id}/documents/{id}/`."""

    verbs: ClassVar = {"GET": VIEW, "DELETE": EDIT}

    @extend_schema(responses=serializers.WholeDocumentShape)
    def get(self, request: Request, collection_id: UUID, document_id: UUID) -> Response:
        """A document with its text."""
        del request
        row = queries.document(collection_id, document_id)
        return Response({**serializers.document_json(row), "text": row.text})

    @extend_schema(responses={204: None})
    def delete(self, request: Request, collection_id: UUID, document_id: UUID) -> Response:
        """Take it away."""
        actions.delete_document(actor_of(request), collection_id, document_id)
        return Response(status=204)


class DocumentIndexView(APIView):
    """`collections/{id}/documents/{id}/index/`."""

    verbs: ClassVar = {"POST": EDIT}

    @extend_schema(request=None, responses={202: serializers.DocumentShape})
    def post(self, request: Request, collection_id: UUID, document_id: UUID) -> Response:
        """Index it once more."""
        actions.index_again(actor_of(request), collection_id, document_id)
        row = queries.document(collection_id, document_id)
        return Response(serializers.document_json(row), status=202)


class SearchView(APIView):
    """`collections/{id}/search/`."""

    verbs: ClassVar = {"POST": VIEW}

    @extend_schema(request=serializers.SearchInput, responses=serializers.HitsShape)
    def post(self, request: Request, collection_id: UUID) -> Response:
        """Passages that answer a question, with their scores and places."""
        row = queries.collection_by_id(collection_id)
        wanted = serializers.wanted(serializers.SearchInput.read(request))
        hits = queries.search_by_hand(row, wanted)
        return Response({"results": [hit.to_json() for hit in hits]})


def _one(collection_id: UUID) -> dict[str, Any]:
    row = queries.counted().filter(pk=collection_id).first()
    if row is None:
        raise CollectionNotFound
    return serializers.collection_json(row)
