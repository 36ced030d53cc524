"""A file store in memory."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Final

from headrace_sdk.errors import NodeError
from headrace_sdk.items import FileRef

CHUNK_BYTES: Final = 64 * 1024


class MemoryFiles:
    """Keeps what is put; `by_id` shows it to tests."""

    def __init__(self) -> None:
        self.by_id: dict[str, bytes] = {}

    def add(self, content: bytes, *, name: str, mime: str) -> FileRef:
        """Store a file without awaiting, for a test's preparation."""
        digest = hashlib.sha256(content).hexdigest()
        file = FileRef(id=digest[:32], name=name, mime=mime, size=len(content), sha256=digest)
        self.by_id[file.id] = content
        return file

    async def put(self, content: bytes, *, name: str, mime: str) -> FileRef:
        """Store a file; the same content is stored once."""
        return self.add(content, name=name, mime=mime)

    async def read(self, file: FileRef) -> bytes:
        """A whole file."""
        if file.id not in self.by_id:
            message = f"The file {file.name!r} is gone."
            raise NodeError(message, code="file_missing")
        return self.by_id[file.id]

    async def stream(self, file: FileRef) -> AsyncIterator[bytes]:
        """A file in chunks."""
        content = await self.read(file)
        for start in range(0, len(content), CHUNK_BYTES):
            yield content[start : start + CHUNK_BYTES]
