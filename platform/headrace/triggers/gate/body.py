"""Turns a request body into what the trigger node receives: JSON, form, multipart or raw.

What a file is, only our own parser decides; a field that looks like one is text (S-015).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from urllib.parse import parse_qsl

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartState, parse_options_header

from headrace_sdk import strict_json
from headrace_sdk.items import JsonObject, JsonValue

MAX_PARTS: Final = 1_000


class Unreadable(Exception):
    """The body is not what its content type says. `code`, `detail` and `path` go to the caller."""

    def __init__(self, code: str, detail: str, path: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.path = path


@dataclass(slots=True)
class Part:
    """A file that came in a multipart body, or a raw body kept as a file."""

    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Body:
    """A parsed body: its JSON form and its files by field name."""

    value: JsonValue = None
    files: dict[str, Part] = field(default_factory=dict)


def parse(content: bytes, content_type: str, *, keep_raw: bool) -> Body:
    """The body by its content type; `keep_raw` stores it as the file `data` untouched.

    Raises:
        Unreadable: malformed for its type, too deep, or with characters that cannot be kept.
    """
    mime = content_type.partition(";")[0].strip().lower()
    if keep_raw:
        return Body({}, {"data": Part("body", mime or "application/octet-stream", content)})
    if not content:
        return Body({})
    if mime == "multipart/form-data":
        return _multipart(content, content_type)
    reader = _reader(mime)
    if reader is None:
        return Body({}, {"data": Part("body", mime, content)})
    return Body(reader(content))


def _reader(mime: str) -> Callable[[bytes], JsonValue] | None:
    """How a body of this type is read; `None` where it is kept as a file."""
    if mime == "application/json" or mime.endswith("+json"):
        return _json
    if mime == "application/x-www-form-urlencoded":
        return _form
    return _text if mime.startswith("text/") or not mime else None


def query(raw: str) -> JsonObject:
    """The query string; a repeated name becomes a list.

    Raises:
        Unreadable: too many fields or characters that cannot be kept.
    """
    return _fields(_pairs(raw, "/query"))


def _json(content: bytes) -> JsonValue:
    try:
        return strict_json.loads(content)
    except strict_json.InvalidJson as error:
        raise Unreadable(error.code, error.message, f"/body{error.path}") from error


def _text(content: bytes) -> str:
    try:
        return strict_json.checked_text(content.decode("utf-8"))
    except (UnicodeDecodeError, strict_json.InvalidJson) as error:
        message = "The body is not text in UTF-8. Send another content type to keep it as a file."
        raise Unreadable("invalid_encoding", message, "/body") from error


def _form(content: bytes) -> JsonObject:
    return _fields(_pairs(content.decode("latin-1"), "/body"))


def _pairs(raw: str, path: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, max_num_fields=MAX_PARTS, errors="strict")
        return [(strict_json.checked_text(n), strict_json.checked_text(v)) for n, v in pairs]
    except (ValueError, strict_json.InvalidJson) as error:
        message = f"The fields cannot be read: {error}."
        raise Unreadable("invalid_form", message, path) from error


def _fields(pairs: list[tuple[str, str]]) -> JsonObject:
    found: JsonObject = {}
    for name, value in pairs:
        known = found.get(name)
        if name not in found:
            found[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            found[name] = [known, value]
    return found


class _Collector:
    """Gathers the parts that the multipart parser announces piece by piece."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.files: dict[str, Part] = {}
        self.count = 0
        self._headers: dict[str, str] = {}
        self._name = bytearray()
        self._value = bytearray()
        self._content = BytesIO()

    def callbacks(self) -> Mapping[str, object]:
        """The parser's hooks."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_part_data": lambda data, start, end: self._content.write(data[start:end]),
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self.count += 1
        if self.count > MAX_PARTS:
            message = f"The form has more than {MAX_PARTS} parts."
            raise Unreadable("too_many_parts", message, "/body")
        self._headers = {}
        self._content = BytesIO()

    def _header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()

    def _end(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", ""))
        name = options.get(b"name", b"").decode("utf-8", "replace") or "file"
        content = self._content.getvalue()
        if b"filename" in options:
            filename = options[b"filename"].decode("utf-8", "replace")
            mime = self._headers.get("content-type", "application/octet-stream")
            key = name if name not in self.files else f"{name}_{len(self.files)}"
            self.files[key] = Part(filename, mime, content)
        else:
            self.pairs.append((name, _text(content)))


def _malformed() -> Unreadable:
    return Unreadable("invalid_form", "The multipart body is malformed or cut off.", "/body")


def _multipart(content: bytes, content_type: str) -> Body:
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise Unreadable("invalid_form", "The multipart body names no boundary.", "/body")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())  # type: ignore[arg-type]
        parser.write(content)
        parser.finalize()
    except FormParserError as error:
        raise _malformed() from error
    # The parser itself takes a body that ends too soon for a whole one.
    if parser.state != MultipartState.END:
        raise _malformed()
    return Body(_fields(collector.pairs), collector.files)
