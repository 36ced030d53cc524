"""What the executions app needs from apps above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from headrace.executions.types import AwaitedEvent, EmittedEvent
from headrace.tenants.context import TenantRef
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


Statement: TypeAlias = tuple[Any, Sequence[Any]]
"""SQL and its parameters, to be run in a transaction of the runner's."""


class Events(Protocol):
    """The tenant's event bus, as statements that take effect together with a flush."""

    def emitted(self, owner: TenantRef, event: EmittedEvent) -> Statement:
        """Store an event and have it delivered; a second time it does nothing."""

    def awaited(self, owner: TenantRef, awaited: AwaitedEvent) -> Statement:
        """A step waits for an event from now on."""

    def closed(self, owner: TenantRef, awaited: AwaitedEvent) -> Statement:
        """It waits no more; changes a row unless an event was found first."""

    def wants_facts(self, owner: TenantRef) -> Statement:
        """One boolean: does anybody want to hear of ended executions?"""


class NoEvents:
    """Stands in until the bus is wired: events go nowhere, and none comes."""

    def emitted(self, owner: TenantRef, event: EmittedEvent) -> Statement:
        """Do nothing."""
        del owner, event
        return "select 1", ()

    def awaited(self, owner: TenantRef, awaited: AwaitedEvent) -> Statement:
        """Do nothing."""
        del owner, awaited
        return "select 1", ()

    def closed(self, owner: TenantRef, awaited: AwaitedEvent) -> Statement:
        """Do nothing."""
        del owner, awaited
        return "select 1", ()

    def wants_facts(self, owner: TenantRef) -> Statement:
        """Nobody."""
        del owner
        return "select false", ()


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    live: Live = field(default_factory=Silence)
    events: Events = field(default_factory=NoEvents)


ports = Ports()
