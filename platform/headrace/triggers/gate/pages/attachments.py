"""The files of a message: `file`, `file_2` … `file_5`, on the page as on the item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from headrace.files import actions as files
from headrace.tenants.threads import in_thread
from headrace.triggers.gate.body import Part
from headrace_sdk.items import FileRef

MOST_FILES: Final = 5
NAMES: Final = ("file", *(f"file_{number}" for number in range(2, MOST_FILES + 1)))
OVERHEAD: Final = 128 * 1024
"""Bytes of a request beside its files: the message, and what stands between the parts."""


async def stored(parts: Mapping[str, Part]) -> Mapping[str, FileRef] | None:
    """The files by the names that they have on the item; others are none of ours."""
    brought = {name: parts[name] for name in NAMES if name in parts and parts[name].content}
    kept = {
        name: await in_thread(
            files.put, part.content, name=part.name, mime=part.mime, is_loose=True
        )
        for name, part in brought.items()
    }
    return kept or None
