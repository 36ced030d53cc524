"""Builds the body of an HTTP request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final
from urllib.parse import urlencode

from headrace_sdk import Context, FileRef, Item, JsonValue, NameValue, UserError
from headrace_sdk.strict_json import InvalidJson, dumps, loads
from nodes.web.request_form import Form

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


async def body_of(
    ctx: Context, params: Form, body_json: JsonValue, item: Item, index: int
) -> Body | None:
    """The body that the form asks for, with `body_json` as the JSON of this page.

    Raises:
        UserError: the item has no such file, or the value is not JSON.
    """
    if params.body == "json":
        body = Body(_json_bytes(body_json, index), "application/json")
    elif params.body == "form":
        body = form(params.body_fields)
    elif params.body == "multipart":
        uploads = [await upload(ctx, item, name, index) for name in params.body_files]
        return multipart(params.body_fields, uploads, ctx.random)
    elif params.body == "raw":
        body = Body(params.body_text.encode(), "text/plain; charset=utf-8")
    elif params.body == "file":
        alone = await upload(ctx, item, params.body_file, index)
        body = Body(alone.content, alone.mime)
    else:
        return None
    return replace(body, mime=params.content_type) if params.content_type else body


def _json_bytes(value: JsonValue, index: int) -> bytes:
    """The value as JSON; a text that itself says an object or a list is taken as that."""
    try:
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            value = loads(value.encode())
        return dumps(value)
    except InvalidJson as error:
        raise UserError(error.message, field="body_json", code=error.code, item=index) from None


async def upload(
    ctx: Context, item: Item, name: str, index: int, *, field: str = "", fault: str = "body_file"
) -> Upload:
    """The item's file of that name, sent as `field`; without one by its own name.

    Raises:
        UserError: there is none; `fault` is the field of the form that names it.
    """
    file: FileRef | None = (item.binary or {}).get(name)
    if file is None:
        message = f"The item has no file {name!r}; it has {', '.join(item.binary or {}) or 'none'}."
        raise UserError(message, field=fault, code="no_file", item=index)
    return Upload(field or name, file.name, file.mime, await ctx.files.read(file))


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
    for one in uploads:
        field, name = one.field.translate(ESCAPES), one.name.translate(ESCAPES)
        parts.append(_part(boundary, f'name="{field}"; filename="{name}"', one.mime, one.content))
    content = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return Body(content, f"multipart/form-data; boundary={boundary}")


def _part(boundary: str, disposition: str, mime: str | None, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"
    if mime:
        head += f"Content-Type: {mime.translate(ESCAPES)}\r\n"
    return head.encode() + b"\r\n" + content + b"\r\n"
