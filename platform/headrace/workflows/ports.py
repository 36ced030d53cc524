"""What the workflows app needs from apps above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from headrace.workflows.types import VersionRecord
from headrace_sdk.agents import AgentInfo
from headrace_sdk.context import Choice
from headrace_sdk.items import JsonObject


class Triggers(Protocol):
    """Registers what a published version waits for, inside the publishing transaction."""

    def register(self, version: VersionRecord) -> None:
        """Replace the workflow's registrations by those of this version.

        Raises:
            HeadraceError: with code `webhook_path_taken` where an address is in use.
        """

    def unregister(self, workflow_id: UUID) -> None:
        """Drop every registration of the workflow."""


class Executions(Protocol):
    """What the list of workflows shows of their runs."""

    def last_of(self, workflow_ids: Collection[UUID]) -> Mapping[UUID, JsonObject]:
        """`{"id", "number", "status", "started_at"}` of the newest run of each."""


class DraftBell(Protocol):
    """Tells open editors of saves. May lose anything: the draft is the truth."""

    def saved(self, tenant: UUID, workflow: UUID, revision: int, author: str) -> None:
        """After the commit: the draft has this revision."""


class NoTriggers:
    """Stands in until the triggers app is wired: nothing is registered."""

    def register(self, version: VersionRecord) -> None:
        """Register nothing."""

    def unregister(self, workflow_id: UUID) -> None:
        """Drop nothing."""


class NoExecutions:
    """Stands in until the executions app is wired: no workflow ever ran."""

    def last_of(self, workflow_ids: Collection[UUID]) -> Mapping[UUID, JsonObject]:
        """An empty mapping."""
        del workflow_ids
        return {}


class NoDraftBell:
    """Stands in until realtime is wired: nobody has an editor open."""

    def saved(self, tenant: UUID, workflow: UUID, revision: int, author: str) -> None:
        """Tell nobody."""


class Agents(Protocol):
    """The workflows that are agents."""

    def listed(self) -> Sequence[AgentInfo]:
        """Those that are published, by name."""

    def choices(self) -> Sequence[Choice]:
        """All of them by name, for a form."""


class NoAgents:
    """Stands in until the agents app is wired: there are none."""

    def listed(self) -> Sequence[AgentInfo]:
        """None."""
        return ()

    def choices(self) -> Sequence[Choice]:
        """None."""
        return ()


@dataclass(slots=True)
class Ports:
    """The bound implementations."""

    triggers: Triggers = field(default_factory=NoTriggers)
    executions: Executions = field(default_factory=NoExecutions)
    drafts: DraftBell = field(default_factory=NoDraftBell)
    agents: Agents = field(default_factory=NoAgents)


ports = Ports()
