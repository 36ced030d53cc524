"""What the variables app needs from apps above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from headrace_sdk.items import JsonObject


class Uses(Protocol):
    """Who reads variables."""

    def by_name(self) -> Mapping[str, Sequence[JsonObject]]:
        """`{"id", "name"}` of the workflows whose draft names each variable."""


class NoUses:
    """Stands in until the workflows are wired: nobody reads any."""

    def by_name(self) -> Mapping[str, Sequence[JsonObject]]:
        """An empty mapping."""
        return {}


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    uses: Uses = field(default_factory=NoUses)


ports = Ports()
