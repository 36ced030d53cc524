"""Puts a call of an OpenAPI operation together: where each value goes, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from headrace_sdk import Assignment, JsonObject, JsonValue, UserError
from headrace_sdk.conversion import convert
from headrace_sdk.strict_json import dumps
from headrace_sdk.texts import as_text
from nodes.web.openapi_reading import FORM

SEPARATORS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(slots=True)
class Call:
    """A request in the making. `files` are names of the item's files, by field."""

    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    body: JsonObject = field(default_factory=dict)
    content: bytes | None = None
    files: dict[str, list[str]] = field(default_factory=dict)
    media: str = ""


def label_of(row: JsonObject, rows: Sequence[JsonObject]) -> str:
    """The name by which people fill it in: with its place, where two have one name."""
    name = str(row["name"])
    is_shared = sum(one["name"] == row["name"] for one in rows) > 1
    return f"{row['in']}:{name}" if is_shared else name


def call_of(operation: JsonObject, path: str, values: Sequence[Assignment]) -> Call:
    """The request for these values.

    Raises:
        UserError: one is unknown, missing, or of another type than the document says.
    """
    rows = _rows(operation)
    known = {label_of(row, rows): row for row in rows}
    given = {one.name: one.value for one in values if one.value is not None}
    for name in given.keys() - known.keys():
        those = ", ".join(known) or "none"
        message = f"The operation has no parameter {name[:60]!r}; it has {those}."
        raise _wrong(message)
    call = Call(path)
    for name, row in known.items():
        if name in given and given[name] != "":
            _put(call, row, _typed(name, row, given[name]))
        elif row["required"]:
            message = f"The operation needs a value for {name!r}."
            raise _wrong(message, "parameter_missing")
    _finish(call, operation)
    return call


def address_of(server: str, base: str, spec_url: str, path: str) -> str:
    """The address of a call: below `base`, else the document's server, relative to itself.

    Raises:
        UserError: nobody says where the service is.
    """
    root = base.strip() or urljoin(spec_url, server)
    if urlsplit(root).scheme not in ("http", "https"):
        message = "The document does not say where the service is. Fill in the base address."
        raise UserError(message, field="base_url", code="no_server")
    return root.rstrip("/") + path


def _rows(operation: JsonObject) -> list[JsonObject]:
    inputs = operation["inputs"]
    return [one for one in inputs if isinstance(one, dict)] if isinstance(inputs, list) else []


def _typed(name: str, row: JsonObject, value: Any) -> JsonValue:
    kind: Any = row["type"]
    try:
        return convert(value, kind)
    except UserError as error:
        raise _wrong(f"{name}: {error.message}", error.code) from None


def _put(call: Call, row: JsonObject, value: JsonValue) -> None:
    name = str(row["name"])
    if row.get("file"):
        call.files[name] = [as_text(one) for one in (value if isinstance(value, list) else [value])]
        return
    match row["in"]:
        case "path":
            call.path = call.path.replace("{" + name + "}", _step(name, _simple(row, value)))
        case "query":
            call.query += _in_query(row, name, value)
        case "header":
            call.headers[name] = _simple(row, value)
        case "cookie":
            call.cookies.append(f"{name}={quote(_simple(row, value))}")
        case "body":
            call.body[name] = value
        case _:
            call.content = value.encode() if isinstance(value, str) else dumps(value)


def _step(name: str, text: str) -> str:
    """A step of a path that leads nowhere else."""
    if text in ("", ".", ".."):
        message = f"{text!r} cannot stand in the address for {name!r}."
        raise _wrong(message, "parameter_invalid")
    return quote(text, safe=",")


def _simple(row: JsonObject, value: JsonValue) -> str:
    """Style `simple` (OpenAPI 3.1, 4.8.12): lists with commas, objects as pairs."""
    if row.get("style") == "json":
        return dumps(value).decode()
    if isinstance(value, list):
        return ",".join(map(as_text, value))
    if isinstance(value, dict):
        sign = "=" if row.get("explode") else ","
        return ",".join(f"{key}{sign}{as_text(one)}" for key, one in value.items())
    return as_text(value)


def _in_query(row: JsonObject, name: str, value: JsonValue) -> list[tuple[str, str]]:
    style, explode = row.get("style"), row.get("explode")
    if isinstance(value, dict) and style == "deepObject":
        return [(f"{name}[{key}]", as_text(one)) for key, one in value.items()]
    if isinstance(value, dict) and style == "form" and explode:
        return [(key, as_text(one)) for key, one in value.items()]
    if isinstance(value, list) and style in SEPARATORS and not explode:
        return [(name, SEPARATORS[str(style)].join(map(as_text, value)))]
    if isinstance(value, list) and style != "json" and explode:
        return [(name, as_text(one)) for one in value]
    return [(name, _simple(row, value))]


def _finish(call: Call, operation: JsonObject) -> None:
    """Write the body, and what says of which type it is."""
    media = operation["body"]
    if call.cookies:
        call.headers["Cookie"] = "; ".join(call.cookies)
    if not isinstance(media, str) or (call.content is None and not call.body and not call.files):
        return
    call.media = media
    if call.files or media.startswith("multipart/form-data"):
        return
    if call.content is None:
        call.content = _written(media, call.body)
    call.headers["Content-Type"] = media


def _written(media: str, body: Mapping[str, JsonValue]) -> bytes:
    plain = media.partition(";")[0].strip().lower()
    if plain == FORM:
        return urlencode([(name, _simple({}, value)) for name, value in body.items()]).encode()
    if plain.endswith("json"):
        return dumps(dict(body))
    message = f"A body of the type {plain!r} cannot be put together here. Use HTTP Request for it."
    raise UserError(message, field="operation", code="body_not_supported")


def _wrong(message: str, code: str = "parameter_unknown") -> UserError:
    return UserError(message, field="parameters", code=code)
