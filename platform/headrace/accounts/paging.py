"""Cursor paging of lists: `{"results": [...], "next": "<cursor>" | null}`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    from rest_framework.views import APIView


class CursorPages(CursorPagination):
    """`?limit=` (50, at most 200) and `?cursor=`, which is the `next` of the page before."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering: str | tuple[str, ...] = "-id"

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Where the page begins.

        Raises:
            ValidationError: the cursor is not one of ours.
        """
        try:
            return super().decode_cursor(request)
        except NotFound as error:
            raise ValidationError({"cursor": "This cursor is not valid."}) from error

    def encode_cursor(self, cursor: Cursor) -> str:
        """The cursor alone, without an address."""
        address = super().encode_cursor(cursor)
        return parse_qs(urlsplit(address).query)[self.cursor_query_param][0]

    def get_paginated_response(self, data: Any) -> Response:
        """The page."""
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page in OpenAPI."""
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": ["string", "null"]},
            },
        }


def page(
    view: APIView,
    rows: QuerySet[Row],
    render: Callable[[Row], Any],
    ordering: Sequence[str] = ("-id",),
) -> Response:
    """One page of a queryset, each row rendered by `render`."""
    pages = CursorPages()
    pages.ordering = tuple(ordering)
    found = pages.paginate_queryset(rows, view.request, view=view)
    return pages.get_paginated_response([render(row) for row in found or []])
