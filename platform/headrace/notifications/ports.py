"""What the notifications app needs from its neighbours, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


class Bell(Protocol):
    """Tells the open pages of a tenant that somebody was told something. May lose anything."""

    def ring(self, tenant: UUID) -> None:
        """After the commit."""


class Silence:
    """Stands in until realtime is wired."""

    def ring(self, tenant: UUID) -> None:
        """Tell nobody."""


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    bell: Bell = field(default_factory=Silence)


ports = Ports()
