"""Bodies that the API of tables takes, and the shapes that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from rest_framework import serializers
from rest_framework.request import Request

from headrace.accounts.http import Input
from headrace.tables.limits import MAX_COLUMNS, MAX_CONDITIONS, MAX_NAME
from headrace.tables.models import Table
from headrace.tables.queries import MAX_PAGE, PAGE
from headrace.tables.types import COLUMN_TYPES
from headrace_sdk.tables import MAX_BATCH, OPERATORS, Where


class ColumnInput(Input):
    """`POST tables/{id}/columns/`."""

    name = serializers.CharField(max_length=MAX_NAME, trim_whitespace=False)
    type = serializers.ChoiceField(COLUMN_TYPES)


class TableInput(Input):
    """`POST tables/`."""

    name = serializers.CharField(max_length=MAX_NAME, trim_whitespace=False)
    columns = serializers.ListField(child=ColumnInput(), required=False, max_length=MAX_COLUMNS)


class NameInput(Input):
    """`PATCH tables/{id}/` and `PATCH tables/{id}/columns/{key}/`."""

    name = serializers.CharField(max_length=MAX_NAME, trim_whitespace=False)


class RowsInput(Input):
    """`POST tables/{id}/rows/`: each row by the names of its columns."""

    rows = serializers.ListField(
        child=serializers.DictField(), allow_empty=False, max_length=MAX_BATCH
    )


class RowInput(Input):
    """`PATCH tables/{id}/rows/{row}/`: the cells that change."""

    values = serializers.DictField()


class ImportInput(serializers.Serializer[Any]):
    """A multipart body with one file."""

    file = serializers.FileField()
    adds_columns = serializers.BooleanField(required=False)


class ConditionInput(Input):
    """One condition of `?filter=`."""

    column = serializers.CharField(max_length=MAX_NAME)
    op = serializers.ChoiceField([*OPERATORS], default="equals")
    value = serializers.JSONField(required=False, allow_null=True)


class RowQuery(Input):
    """The query of `GET tables/{id}/rows/`."""

    filter = serializers.ListField(
        child=ConditionInput(), required=False, max_length=MAX_CONDITIONS
    )
    sort = serializers.CharField(required=False, max_length=MAX_NAME + 1, trim_whitespace=False)
    limit = serializers.IntegerField(default=PAGE, min_value=1, max_value=MAX_PAGE)
    cursor = serializers.CharField(required=False, max_length=200_000)

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """The checked query.

        Raises:
            ValidationError: with the path of every fault.
        """
        given: dict[str, Any] = {
            name: request.query_params[name]
            for name in ("sort", "limit", "cursor")
            if request.query_params.get(name)
        }
        if text := request.query_params.get("filter"):
            try:
                given["filter"] = orjson.loads(text)
            except ValueError as error:
                raise serializers.ValidationError({"filter": "This is not JSON."}) from error
        query = cls(data=given)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)


class ColumnShape(serializers.Serializer[Any]):
    """A column. `key` stays when the name changes."""

    key = serializers.CharField()
    name = serializers.CharField()
    type = serializers.ChoiceField(COLUMN_TYPES)


class TableShape(serializers.Serializer[Any]):
    """A table without its rows."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    columns = ColumnShape(many=True)
    row_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class RowsShape(serializers.Serializer[Any]):
    """Rows: `id`, `created_at`, `updated_at`, and a field for each column by its name."""

    results = serializers.ListField(child=serializers.DictField())


class RowPageShape(RowsShape):
    """A page of rows; `next` is the cursor of the page after it."""

    next = serializers.CharField(allow_null=True)


class ImportedShape(serializers.Serializer[Any]):
    """How many rows were added."""

    rows = serializers.IntegerField()


def shown(table: Table) -> dict[str, Any]:
    """`TableShape`."""
    return {
        "id": str(table.pk),
        "name": table.name,
        "columns": table.columns,
        "row_count": table.row_count,
        "created_at": table.created_at.isoformat(),
        "updated_at": table.updated_at.isoformat(),
    }


def conditions(given: Sequence[dict[str, Any]]) -> list[Where]:
    """The conditions of a query."""
    return [Where(one["column"], one["op"], one.get("value")) for one in given]
