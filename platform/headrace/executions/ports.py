"""What the executions app needs from apps above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from headrace_sdk.items import JsonObject


class Live(Protocol):
    """Tells browsers what was committed. May lose anything: the log is the truth."""

    async def start(self) -> None:
        """Begin to follow who watches what; called in the loop that will publish."""

    async def stop(self) -> None:
        """End following and close what was opened."""

    def is_watched(self, tenant: UUID, execution: UUID, workflow: UUID) -> bool:
        """Does anybody look at this execution or its workflow?"""

    async def publish(
        self, tenant: UUID, execution: UUID, workflow: UUID, facts: Sequence[JsonObject]
    ) -> None:
        """Committed events, in order."""

    async def publish_ephemeral(
        self, tenant: UUID, execution: UUID, workflow: UUID, facts: Sequence[JsonObject]
    ) -> None:
        """Progress and streamed text, which carry no number and are not kept."""


class Silence:
    """Stands in until realtime is wired: nobody watches."""

    async def start(self) -> None:
        """Nothing to follow."""

    async def stop(self) -> None:
        """Nothing to end."""

    def is_watched(self, tenant: UUID, execution: UUID, workflow: UUID) -> bool:
        """Never."""
        del tenant, execution, workflow
        return False

    async def publish(
        self, tenant: UUID, execution: UUID, workflow: UUID, facts: Sequence[JsonObject]
    ) -> None:
        """Say nothing."""

    async def publish_ephemeral(
        self, tenant: UUID, execution: UUID, workflow: UUID, facts: Sequence[JsonObject]
    ) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    live: Live = field(default_factory=Silence)


ports = Ports()
