"""What shared state needs from the executions above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID


class Executions(Protocol):
    """The executions that hold and wait."""

    def open_among(self, ids: Collection[UUID]) -> Collection[UUID]:
        """Those that have not ended."""

    def wake(self, execution_id: UUID, node: str, run: str, *, told: UUID) -> None:
        """Let a waiting step look again, once this transaction is committed.

        `told` names what happened, so that the same is told once.
        """


class NoExecutions:
    """Stands in until the executions are wired: all are open, and none is woken."""

    def open_among(self, ids: Collection[UUID]) -> Collection[UUID]:
        """All of them."""
        return ids

    def wake(self, execution_id: UUID, node: str, run: str, *, told: UUID) -> None:
        """Wake nobody."""


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    executions: Executions = field(default_factory=NoExecutions)


ports = Ports()
