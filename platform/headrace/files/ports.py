"""What the file store needs from other apps, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol


class Naming(Protocol):
    """Rows elsewhere that name contents of the file store."""

    def named(self, sha256s: Collection[str]) -> set[str]:
        """Which of these contents a row of the current tenant names."""


class NothingNamed:
    """Stands in until it is wired: nobody else names anything."""

    def named(self, sha256s: Collection[str]) -> set[str]:
        """None of them."""
        del sha256s
        return set()


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    naming: Naming = field(default_factory=NothingNamed)


ports = Ports()
