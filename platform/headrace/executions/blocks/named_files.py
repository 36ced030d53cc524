"""Finds the files that encoded items name, so that they stay as long as the execution does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

import orjson

from headrace.files.queries import as_id

_HINT: Final = b'"b":{'
"""Stands in every block with files, and seldom in others: most need not be read for this."""

HOLD: Final = "select headrace_hold_files(%s, %s, %s::uuid[])"


def files_in(blocks: Iterable[bytes]) -> set[UUID]:
    """The files that the items of these blocks carry; what is no id of a file is left out."""
    found: set[UUID] = set()
    for block in blocks:
        if _HINT in block:
            by_item = orjson.loads(block).get("b", {}).values()
            ids = (as_id(ref.get("id")) for refs in by_item for ref in refs.values())
            found.update(id_ for id_ in ids if id_ is not None)
    return found
