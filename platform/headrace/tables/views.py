"""The API of tables: structure, rows, CSV."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from headrace.accounts.http import actor_of
from headrace.accounts.openapi import page_of
from headrace.accounts.paging import page
from headrace.tables import actions, csv_files, queries, rows, serializers
from headrace.tables.errors import InvalidImport, RowNotFound
from headrace.tables.limits import MAX_IMPORT_BYTES
from headrace.tables.models import Table

VIEW = "table.view"
EDIT = "table.edit"


class TablesView(APIView):
    """`tables/`."""

    verbs: ClassVar = {"GET": VIEW, "POST": EDIT}

    @extend_schema(responses=page_of(serializers.TableShape))
    def get(self, request: Request) -> Response:
        """All tables by name."""
        del request
        return page(self, Table.objects.all(), serializers.shown, ("name", "id"))

    @extend_schema(request=serializers.TableInput, responses={201: serializers.TableShape})
    def post(self, request: Request) -> Response:
        """A new table."""
        body = serializers.TableInput.read(request)
        columns = [(one["name"], one["type"]) for one in body.get("columns", ())]
        table_id = actions.create(actor_of(request), body["name"], columns)
        return Response(_one(table_id), status=201)


class TableView(APIView):
    """`tables/{id}/`."""

    verbs: ClassVar = {"GET": VIEW, "PATCH": EDIT, "DELETE": EDIT}

    @extend_schema(responses=serializers.TableShape)
    def get(self, request: Request, table_id: UUID) -> Response:
        """A table with its columns."""
        del request
        return Response(_one(table_id))

    @extend_schema(request=serializers.NameInput, responses=serializers.TableShape)
    def patch(self, request: Request, table_id: UUID) -> Response:
        """Give it another name."""
        rows.found(str(table_id))
        body = serializers.NameInput.read(request)
        actions.rename(actor_of(request), table_id, body["name"])
        return Response(_one(table_id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, table_id: UUID) -> Response:
        """Take it away with its rows."""
        actions.delete(actor_of(request), table_id)
        return Response(status=204)


class ColumnsView(APIView):
    """`tables/{id}/columns/`."""

    verbs: ClassVar = {"POST": EDIT}

    @extend_schema(request=serializers.ColumnInput, responses={201: serializers.TableShape})
    def post(self, request: Request, table_id: UUID) -> Response:
        """A new column at the end."""
        rows.found(str(table_id))
        body = serializers.ColumnInput.read(request)
        actions.add_column(actor_of(request), table_id, body["name"], body["type"])
        return Response(_one(table_id), status=201)


class ColumnView(APIView):
    """`tables/{id}/columns/{key}/`."""

    verbs: ClassVar = {"PATCH": EDIT, "DELETE": EDIT}

    @extend_schema(request=serializers.NameInput, responses=serializers.TableShape)
    def patch(self, request: Request, table_id: UUID, key: str) -> Response:
        """Give it another name."""
        rows.found(str(table_id))
        body = serializers.NameInput.read(request)
        actions.rename_column(actor_of(request), table_id, key, body["name"])
        return Response(_one(table_id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, table_id: UUID, key: str) -> Response:
        """Take it away with what its cells hold."""
        actions.delete_column(actor_of(request), table_id, key)
        return Response(status=204)


class RowsView(APIView):
    """`tables/{id}/rows/`."""

    verbs: ClassVar = {"GET": VIEW, "POST": EDIT}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "filter", str, description='JSON: `[{"column", "op", "value"}]`; all must hold.'
            ),
            OpenApiParameter("sort", str, description="A column; with a minus the other way."),
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses=serializers.RowPageShape,
    )
    def get(self, request: Request, table_id: UUID) -> Response:
        """One page of rows."""
        query = serializers.RowQuery.of(request)
        found = queries.page(
            table_id,
            serializers.conditions(query.get("filter", ())),
            sort=query.get("sort", ""),
            limit=query["limit"],
            cursor=query.get("cursor", ""),
        )
        return Response({"results": found.rows, "next": found.next})

    @extend_schema(request=serializers.RowsInput, responses={201: serializers.RowsShape})
    def post(self, request: Request, table_id: UUID) -> Response:
        """Add rows, all or none."""
        rows.found(str(table_id))
        body = serializers.RowsInput.read(request)
        made = actions.insert(actor_of(request), table_id, body["rows"])
        return Response({"results": made}, status=201)


class RowView(APIView):
    """`tables/{id}/rows/{row}/`."""

    verbs: ClassVar = {"PATCH": EDIT, "DELETE": EDIT}

    @extend_schema(request=serializers.RowInput, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Request, table_id: UUID, row_id: UUID) -> Response:
        """Change cells; null empties one."""
        rows.found(str(table_id))
        body = serializers.RowInput.read(request)
        return Response(actions.change_row(actor_of(request), table_id, row_id, body["values"]))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, table_id: UUID, row_id: UUID) -> Response:
        """Take it away."""
        if not actions.delete_row(actor_of(request), table_id, row_id):
            raise RowNotFound
        return Response(status=204)


class TableImportView(APIView):
    """`tables/{id}/import/`."""

    verbs: ClassVar = {"POST": EDIT}
    parser_classes = (MultiPartParser,)

    @extend_schema(request=serializers.ImportInput, responses={201: serializers.ImportedShape})
    def post(self, request: Request, table_id: UUID) -> Response:
        """Add the rows of a CSV file, all or none."""
        rows.found(str(table_id))
        upload: Any = request.FILES.get("file")
        if upload is None:
            message = "Send the CSV file as the part `file`."
            raise InvalidImport(message)
        adds_columns = request.POST.get("adds_columns") in ("true", "1", "on")
        content = upload.read(MAX_IMPORT_BYTES + 1)
        count = csv_files.take_in(actor_of(request), table_id, content, adds_columns=adds_columns)
        return Response({"rows": count}, status=201)


class TableExportView(APIView):
    """`tables/{id}/export/`."""

    verb = VIEW

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, table_id: UUID) -> StreamingHttpResponse:
        """The whole table as a CSV file."""
        del request
        table = rows.found(str(table_id))
        text = "".join(csv_files.lines_of(table_id))
        response = StreamingHttpResponse([text.encode()], content_type="text/csv; charset=utf-8")
        name = quote(f"{table.name}.csv")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _one(table_id: UUID) -> dict[str, Any]:
    return serializers.shown(rows.found(str(table_id)))
