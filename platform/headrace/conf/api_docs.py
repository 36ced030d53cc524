"""`/api/docs/`: the OpenAPI document as a page, without a script of somebody else's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from django.http import HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

METHODS: Final = ("get", "post", "put", "patch", "delete")
_DEPTH: Final = 4
"""So deep the fields of a body are listed."""

Json = Mapping[str, Any]


class DocsView(APIView):
    """`GET /api/docs/`, for members."""

    verbs: ClassVar = {"GET": "catalog.view"}

    @extend_schema(responses={(200, "text/html"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """Every operation with its parameters, bodies and answers."""
        schema: Json = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        context = {"groups": groups(schema), "nonce": request._request.csp_nonce}  # type: ignore[attr-defined]
        return render(request._request, "api_docs.html", context)


def groups(schema: Json) -> Mapping[str, list[dict[str, Any]]]:
    """The operations by the first word of their address."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, operations in schema["paths"].items():
        name = path.removeprefix("/api/v1/").strip("/").partition("/")[0]
        found[name] += [
            {
                "id": operation["operationId"],
                "method": method,
                "path": path,
                "text": operation.get("description", ""),
                "parameters": operation.get("parameters", ()),
                "body": list(fields(schema, _content(operation.get("requestBody", {})))),
                "answers": [
                    {"status": status, "fields": list(fields(schema, _content(answer)))}
                    for status, answer in operation["responses"].items()
                ],
            }
            for method, operation in operations.items()
            if method in METHODS
        ]
    return dict(sorted(found.items()))


def _content(of: Json) -> Json:
    kinds: Mapping[str, Json] = of.get("content", {})
    first: Json
    for first in kinds.values():
        return first.get("schema", {})  # type: ignore[no-any-return] # JSON
    return {}


def fields(schema: Json, shape: Json, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The fields of a shape, those of objects inside it indented below them."""
    shape = _resolved(schema, shape)
    if shape.get("type") == "array":
        shape = _resolved(schema, shape.get("items", {}))
    required = shape.get("required", ())
    for name, one in shape.get("properties", {}).items():
        yield {
            "name": name,
            "indent": "· " * depth,
            "type": _type(schema, one),
            "optional": name not in required,
            "text": one.get("description", ""),
        }
        if depth < _DEPTH:
            yield from fields(schema, one, depth + 1)


def _resolved(schema: Json, shape: Json) -> Json:
    for key in ("oneOf", "anyOf", "allOf"):
        if key in shape:
            shape = shape[key][0]
    if "$ref" in shape:
        found: Json = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return found
    return shape


def _type(schema: Json, shape: Json) -> str:
    inner = _resolved(schema, shape)
    if "enum" in inner:
        return " | ".join(str(value) for value in inner["enum"])
    kind = inner.get("type", "any")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if words == "array":
        return f"list of {_type(schema, inner.get('items', {}))}"
    return inner.get("format") or words
