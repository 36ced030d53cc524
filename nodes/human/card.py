"""What an approval shows of its items: files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headrace_sdk import Item, JsonValue

ALL: Final = "*"
MOST_FILES: Final = 6


def shown_files(items: Sequence[Item], names: Sequence[str]) -> list[JsonValue]:
    """References of the files that go by these names, in the order of the items."""
    wanted = {name.strip() for name in names}
    found: list[JsonValue] = [
        ref.to_json()
        for item in items
        for name, ref in (item.binary or {}).items()
        if name in wanted or ALL in wanted
    ]
    return found[:MOST_FILES]
