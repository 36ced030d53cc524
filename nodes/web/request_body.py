"""Builds the body of an HTTP request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import urlencode

from headrace_sdk import NameValue

ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""How browsers write names in multipart bodies (HTML, "multipart/form-data encoding")."""


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes and their type."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    field: str
    name: str
    mime: str
    content: bytes


def form(rows: Sequence[NameValue]) -> Body:
    """Names and values as a browser's form sends them."""
    pairs = [(row.name, row.value) for row in rows if row.name]
    return Body(urlencode(pairs).encode(), "application/x-www-form-urlencoded")


def multipart(rows: Sequence[NameValue], uploads: Sequence[Upload], random: Random) -> Body:
    """Fields and files, RFC 7578."""
    boundary = f"headrace-{random.getrandbits(128):032x}"
    parts = [
        _part(boundary, f'name="{row.name.translate(ESCAPES)}"', None, row.value.encode())
        for row in rows
        if row.name
    ]
    for upload in uploads:
        field, name = upload.field.translate(ESCAPES), upload.name.translate(ESCAPES)
        parts.append(
            _part(boundary, f'name="{field}"; filename="{name}"', upload.mime, upload.content)
        )
    content = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return Body(content, f"multipart/form-data; boundary={boundary}")


def _part(boundary: str, disposition: str, mime: str | None, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"
    if mime:
        head += f"Content-Type: {mime.translate(ESCAPES)}\r\n"
    return head.encode() + b"\r\n" + content + b"\r\n"
