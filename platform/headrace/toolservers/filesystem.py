"""The MCP server of the workspace's files: listed, read, written, moved and deleted by paths."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Final, Literal

import mcp_types
from pydantic import Field

from headrace.tenants.threads import in_thread
from headrace.toolservers import space
from headrace.toolservers.offering import ToolServer, tool
from headrace.toolservers.space import Entry
from headrace_sdk.errors import UserError

MAX_TEXT: Final = 100_000
"""Characters that one call reads."""
MAX_WHOLE: Final = 4 * 1024 * 1024
"""Bytes of a file that is no text and is given as it is."""

Path = Annotated[str, Field(description="Such as notes/today.md; never begins with a slash.")]


class Filesystem(ToolServer):
    """Paths are rows of this workspace: there is no disk, no link and no other workspace below."""

    title = "Headrace files"
    instructions = (
        "Files of one workspace that outlive runs. Folders come and go with what is in them."
    )

    @tool("file.view", reads=True)
    async def list_files(
        self, folder: Annotated[str, Field(description="Empty: the top folder.")] = ""
    ) -> dict[str, Any]:
        """Lists the folders and files right below a folder, with sizes in bytes."""
        folders, files = await in_thread(space.listed, self.desk.by, folder)
        return {"folders": list(folders), "files": [_shown(one) for one in files]}

    @tool("file.view", reads=True)
    async def read_file(
        self,
        path: Path,
        offset: Annotated[int, Field(ge=0, description="Of a text: characters to skip.")] = 0,
        limit: Annotated[int, Field(ge=1, le=MAX_TEXT)] = MAX_TEXT,
    ) -> mcp_types.CallToolResult:
        """Reads a file: text in parts of up to 100,000 characters, anything else whole.

        Where `next_offset` is given, the text goes on there.
        """
        entry, content = await in_thread(space.read, self.desk.by, path)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return _whole(entry, content)
        end = offset + limit
        told = {**_shown(entry), "text": text[offset:end]}
        if end < len(text):
            told["next_offset"] = end
        said = mcp_types.TextContent(type="text", text=text[offset:end])
        return mcp_types.CallToolResult(content=[said], structured_content=told)

    @tool("file.create", destroys=True)
    async def write_file(
        self,
        path: Path,
        content: str,
        encoding: Annotated[
            Literal["text", "base64"], Field(description="base64 for what is no text.")
        ] = "text",
        replace: Annotated[
            bool, Field(description="Whether a file that stands there may be replaced.")
        ] = False,
    ) -> dict[str, Any]:
        """Writes a whole file; the folders on its path need not exist."""
        given = content.encode() if encoding == "text" else _decoded(content)
        entry = await in_thread(space.write, self.desk.by, path, given, replace=replace)
        return _shown(entry)

    @tool("file.create")
    async def move_file(
        self, path: Path, to: Annotated[str, Field(description="The new path.")]
    ) -> dict[str, Any]:
        """Moves or renames a file. Nothing may stand at the new path."""
        return _shown(await in_thread(space.move, self.desk.by, path, to))

    @tool("file.create", destroys=True)
    async def delete_file(self, path: Path) -> dict[str, Any]:
        """Deletes a file for good."""
        await in_thread(space.delete, self.desk.by, path)
        return {"deleted": path}


def _shown(entry: Entry) -> dict[str, Any]:
    return {
        "path": entry.path,
        "size": entry.size,
        "mime": entry.mime,
        "updated_at": entry.updated_at.isoformat(),
        "updated_by": entry.updated_by,
    }


def _whole(entry: Entry, content: bytes) -> mcp_types.CallToolResult:
    if len(content) > MAX_WHOLE:
        message = f"{entry.path} is no text, and too large to be given whole: {entry.size} bytes."
        raise UserError(message, field="path", code="file_too_large")
    data = base64.b64encode(content).decode()
    if entry.mime.startswith("image/"):
        image = mcp_types.ImageContent(type="image", data=data, mime_type=entry.mime)
        return mcp_types.CallToolResult(content=[image])
    uri = f"headrace:{entry.path}"
    blob = mcp_types.BlobResourceContents(uri=uri, mime_type=entry.mime, blob=data)
    held = mcp_types.EmbeddedResource(type="resource", resource=blob)
    return mcp_types.CallToolResult(content=[held])


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        message = "The content is not Base64."
        raise UserError(message, field="content", code="not_base64") from None
