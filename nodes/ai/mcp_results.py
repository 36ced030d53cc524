"""What a tool of an MCP server gives back, as items and files."""

from __future__ import annotations

import base64
import binascii
import mimetypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from headrace_sdk import Context, HeadraceError, Item, JsonObject, JsonValue, Pair, UpstreamError
from headrace_sdk.items import FileRef
from headrace_sdk.strict_json import loads

if TYPE_CHECKING:
    import mcp_types

MAX_FILES: Final = 50


async def items_of(
    ctx: Context, result: mcp_types.CallToolResult, index: int, *, as_text: bool
) -> list[Item]:
    """The items of a result; its pictures, sounds and other files go with the first.

    Raises:
        UpstreamError: the tool says that it failed.
    """
    text = "\n".join(_texts(result))
    if result.is_error:
        message = f"The tool failed: {text[:1_000] or 'it does not say why'}"
        raise UpstreamError(message, code="tool_failed", retryable=False, item=index)
    files = await _files(ctx, result)
    rows: list[JsonObject] = [{"text": text}] if as_text else _rows(result, text)
    links: list[JsonValue] = [
        {"uri": str(one.uri), "name": one.name}
        for one in result.content
        if one.type == "resource_link"
    ]
    pair = (Pair(0, index),)
    items = [Item(row, None, pair) for row in rows]
    if files or links:
        first = items[0].json if items else {}
        first = first | {"links": links} if links else first
        items[:1] = [Item(first, files or None, pair)]
    return items


def _rows(result: mcp_types.CallToolResult, text: str) -> list[JsonObject]:
    """Each element of a list, the object itself, or `{"text"}`."""
    value = result.structured_content
    if value is None:
        value = _parsed(text)
    # Servers wrap what is no object, since older clients take objects only.
    if isinstance(value, dict) and list(value) == ["result"]:
        value = value["result"]
    if isinstance(value, list):
        return [one if isinstance(one, dict) else {"value": one} for one in value]
    if isinstance(value, dict):
        return [value]
    return [{"text": text}] if value is None or isinstance(value, str) else [{"value": value}]


def _parsed(text: str) -> JsonValue:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return loads(text.encode(errors="replace"))
    except HeadraceError:
        return None


def _texts(result: mcp_types.CallToolResult) -> Iterator[str]:
    for one in result.content:
        if one.type == "text":
            yield one.text
        elif one.type == "resource" and not hasattr(one.resource, "blob"):
            yield one.resource.text


async def _files(ctx: Context, result: mcp_types.CallToolResult) -> dict[str, FileRef]:
    found: dict[str, FileRef] = {}
    for mime, encoded in _encoded(result):
        if len(found) >= MAX_FILES:
            break
        try:
            content = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            message = "A file in the tool's result is not Base64."
            raise UpstreamError(message, code="mcp_failed", retryable=False) from None
        name = "data" if not found else f"data_{len(found) + 1}"
        ending = mimetypes.guess_extension(mime) or ".bin"
        found[name] = await ctx.files.put(content, name=f"{name}{ending}", mime=mime)
    return found


def _encoded(result: mcp_types.CallToolResult) -> Iterator[tuple[str, str]]:
    for one in result.content:
        if one.type in ("image", "audio"):
            yield one.mime_type, one.data
        elif one.type == "resource" and hasattr(one.resource, "blob"):
            yield one.resource.mime_type or "application/octet-stream", one.resource.blob
