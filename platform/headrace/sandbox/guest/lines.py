"""What a job printed, as its step will tell it."""

from __future__ import annotations

from typing import Final

MAX_LINES: Final = 1_000
MAX_LINE: Final = 4_000


def lines(printed: bytes | bytearray) -> list[tuple[str, str]]:
    """Lines with their level."""
    found = printed.decode(errors="replace").splitlines()[:MAX_LINES]
    return [("info", line[:MAX_LINE]) for line in found]
