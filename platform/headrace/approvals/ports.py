"""What the approvals app needs from apps above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


class InboxBell(Protocol):
    """Tells open inboxes that something changed. May lose anything: the rows are the truth."""

    def ring(self, tenant: UUID) -> None:
        """After the commit: every inbox of the tenant should look again.

        It comes from the loop of a worker, where it must not wait, or from a plain thread.
        """


class Mute:
    """Stands in until realtime is wired: nobody has an inbox open."""

    def ring(self, tenant: UUID) -> None:
        """Say nothing."""
        del tenant


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    bell: InboxBell = field(default_factory=Mute)


ports = Ports()
