"""Reads OpenAPI documents, 3.0 and 3.1, in a process of its own: they come from strangers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.strict_json import InvalidJson, loads

METHODS: Final = ("get", "post", "put", "patch", "delete", "head", "options")
TEXTS: Final = ("text/", "application/json", "application/xml")
PLACES: Final = ("path", "query", "header", "cookie")
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
OF_FILE: Final = "The name of a file on the item."
MAX_HOPS: Final = 20
"""References that may lead to one another before the document is taken for a circle."""
MAX_OPERATIONS: Final = 1_000
_KINDS: Final = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "object": "object",
    "array": "array",
}


def work(given: Any, content: bytes) -> tuple[JsonValue, bytes]:
    """Of `{"operation": null}` all operations; of one, named `GET /path`, what a call needs."""
    document = _Document(_parsed(content))
    name = given["operation"]
    return (document.operations() if name is None else document.operation(name)), b""


def _parsed(content: bytes) -> JsonObject:
    try:
        found = loads(content) if content.lstrip()[:1] == b"{" else _yaml(content)
    except InvalidJson as error:
        raise _unreadable(error.message) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(" ".join(str(error).split())[:200]) from None
    if not isinstance(found, dict) or not str(found.get("openapi", "")).startswith("3."):
        has_swagger = isinstance(found, dict) and "swagger" in found
        message = "Swagger 2.0: convert it to OpenAPI 3 first" if has_swagger else "no `openapi: 3`"
        raise _unreadable(f"{message}.")
    return found


class _Loader(yaml.SafeLoader):
    """YAML without dates, which JSON has not."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(content: bytes) -> Any:
    # What its aliases unfold to is never walked through: only what one operation names is.
    return yaml.load(content, _Loader)  # noqa: S506 - it is a SafeLoader


def _unreadable(reason: str) -> UserError:
    message = f"This is no OpenAPI 3 document: {reason}"
    return UserError(message, field="spec_url", code="spec_invalid")


class _Document:
    def __init__(self, root: JsonObject) -> None:
        self._root = root

    def operations(self) -> JsonValue:
        """`[{"name", "label"}]`, in the order of the document."""
        found: list[JsonValue] = []
        for path, method, one in self._all():
            told = str(one.get("summary") or one.get("operationId") or "")[:100]
            name = f"{method.upper()} {path}"
            found.append({"name": name, "label": f"{name} — {told}" if told else name})
            if len(found) == MAX_OPERATIONS:
                break
        return found

    def operation(self, name: str) -> JsonObject:
        """`{"server", "inputs": [{"name", "in", "type", …}], "body": media type or null}`."""
        for path, method, one in self._all():
            if f"{method.upper()} {path}" == name:
                return self._needs(self._object(self._object(self._root.get("paths"))[path]), one)
        message = f"The document has no operation {name[:200]!r}. Choose it again."
        raise UserError(message, field="operation", code="operation_not_found")

    def _all(self) -> Iterator[tuple[str, str, JsonObject]]:
        for path, given in self._object(self._root.get("paths")).items():
            item = self._object(given)
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    yield str(path), method, self._object(item[method])

    def _needs(self, path_item: JsonObject, one: JsonObject) -> JsonObject:
        rows: dict[tuple[str, str], JsonObject] = {}
        for given in (*self._list(path_item, "parameters"), *self._list(one, "parameters")):
            row = self._parameter(self._object(given))
            if row is not None:
                rows[str(row["in"]), str(row["name"])] = row
        media, fields = self._body(self._object(one.get("requestBody")))
        inputs: list[JsonValue] = [*rows.values(), *fields]
        return {"server": self._server(path_item, one), "inputs": inputs, "body": media}

    def _parameter(self, given: JsonObject) -> JsonObject | None:
        name, place = given.get("name"), given.get("in")
        if not isinstance(name, str) or place not in PLACES:
            return None
        content = self._object(given.get("content"))
        schema = self._object(given.get("schema"))
        row = self._input(name, schema, is_required=given.get("required") is True)
        style = given.get("style") or ("form" if place in ("query", "cookie") else "simple")
        explode = given.get("explode")
        return row | {
            "in": place,
            "type": "auto" if content else row["type"],
            "help": str(given.get("description") or row["help"])[:300],
            "style": "json" if content else str(style),
            "explode": explode if isinstance(explode, bool) else style == "form",
        }

    def _body(self, body: JsonObject) -> tuple[JsonValue, list[JsonObject]]:
        """The media type that is sent, and its fields."""
        content = self._object(body.get("content"))
        if not content:
            return None, []
        media = _chosen(list(content))
        schema = self._object(self._object(content[media]).get("schema"))
        is_required = body.get("required") is True
        properties, required = self._properties(schema, 0)
        if not properties:
            whole = self._input("body", schema, is_required=is_required)
            is_file = self._is_file(schema) or not media.startswith((*TEXTS, MULTIPART))
            return media, [_of_file(whole, is_file=is_file) | {"in": "whole_body"}]
        fields = [
            _of_file(
                self._input(name, self._object(one), is_required=is_required and name in required),
                is_file=media.startswith(MULTIPART) and self._is_file(self._object(one)),
            )
            for name, one in properties.items()
        ]
        return media, [row | {"in": "body"} for row in fields]

    def _is_file(self, schema: JsonObject) -> bool:
        """Bytes, as OpenAPI 3.0 (`format: binary`) and 3.1 say it, or a list of them."""
        if schema.get("type") == "array":
            return self._is_file(self._object(schema.get("items")))
        has_media = "contentMediaType" in schema and "contentEncoding" not in schema
        return schema.get("format") == "binary" or has_media

    def _properties(self, schema: JsonObject, depth: int) -> tuple[JsonObject, set[str]]:
        """Of an object and of what it is put together from (`allOf`)."""
        properties: JsonObject = {}
        required = {str(one) for one in self._list(schema, "required")}
        if depth < MAX_HOPS:
            for part in self._list(schema, "allOf"):
                inner, more = self._properties(self._object(part), depth + 1)
                properties |= inner
                required |= more
        own = self._object(schema.get("properties"))
        return properties | own, required

    def _input(self, name: str, schema: JsonObject, *, is_required: bool) -> JsonObject:
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = next((one for one in kind if one != "null"), None)
        told = str(schema.get("description") or "")
        if values := self._list(schema, "enum"):
            told = f"{told} One of {', '.join(map(str, values[:20]))}.".strip()
        shown = _KINDS.get(str(kind), "object" if "properties" in schema else "auto")
        return {"name": name, "type": shown, "required": is_required, "help": told[:300]}

    def _server(self, path_item: JsonObject, one: JsonObject) -> str:
        for holder in (one, path_item, self._root):
            for given in self._list(holder, "servers"):
                server = self._object(given)
                url = str(server.get("url") or "")
                for name, variable in self._object(server.get("variables")).items():
                    default = self._object(variable).get("default")
                    url = url.replace("{" + name + "}", str(default or ""))
                return url
        return "/"

    def _list(self, holder: JsonObject, name: str) -> list[JsonValue]:
        found = holder.get(name)
        return found if isinstance(found, list) else []

    def _object(self, given: JsonValue) -> JsonObject:
        """The object, or that which a `$ref` inside of this document names."""
        for _ in range(MAX_HOPS):
            if not isinstance(given, dict):
                return {}
            ref = given.get("$ref")
            if not isinstance(ref, str):
                return given
            given = self._at(ref)
        message = "Its references lead in a circle."
        raise _unreadable(message)

    def _at(self, ref: str) -> JsonValue:
        if not ref.startswith("#/"):
            message = f"It refers to {ref[:100]!r}, outside of itself. Put all of it in one."
            raise UserError(message, field="spec_url", code="spec_reference")
        found: JsonValue = self._root
        for part in ref[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            message = f"It refers to {ref[:100]!r}, which it does not have."
            raise UserError(message, field="spec_url", code="spec_reference")
        return found


def _of_file(row: JsonObject, *, is_file: bool) -> JsonObject:
    """The row as it is, or as one whose value names a file, or a list of files."""
    if not is_file:
        return row
    kind = "array" if row["type"] == "array" else "text"
    told = " ".join(part for part in (OF_FILE, str(row["help"])) if part)
    return row | {"file": True, "type": kind, "help": told[:300]}


def _chosen(kinds: list[str]) -> str:
    """JSON before a form before one with files before whatever comes first."""
    plain = {kind.partition(";")[0].strip().lower(): kind for kind in kinds}
    for wanted in (JSON, FORM, MULTIPART):
        if wanted in plain:
            return plain[wanted]
    return next((kind for name, kind in plain.items() if name.endswith("+json")), kinds[0])
