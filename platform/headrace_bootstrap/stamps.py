"""Content hashes that tell whether a slow step would do anything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


def digest(files: Iterable[Path], *facts: str) -> str:
    """SHA-256 over names and contents in a fixed order; a missing file counts as missing."""
    total = hashlib.sha256("\0".join(facts).encode())
    for file in sorted(files):
        content = file.read_bytes() if file.is_file() else b"missing"
        total.update(f"\0{file}\0{hashlib.sha256(content).hexdigest()}".encode())
    return total.hexdigest()


@dataclass(frozen=True)
class Stamp:
    """The digest that a finished step left behind."""

    path: Path

    def matches(self, value: str) -> bool:
        """Whether the step already ran on exactly this."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == value

    def write(self, value: str) -> None:
        """Record that the step is finished; call it last."""
        self.path.write_text(value, encoding="utf-8")
