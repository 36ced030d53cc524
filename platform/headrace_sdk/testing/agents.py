"""A registry of agents in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from headrace_sdk.agents import AgentInfo


@dataclass(slots=True)
class MemoryAgents:
    """Lists `known`, at first a Researcher and a Writer; every run of one costs `micro_a_run`."""

    known: list[AgentInfo] = field(
        default_factory=lambda: [
            AgentInfo("agent-1", "Researcher", "Finds things out."),
            AgentInfo("agent-2", "Writer", "Writes it down."),
        ]
    )
    micro_a_run: int = 0

    async def listed(self) -> Sequence[AgentInfo]:
        """Those that the test has put in."""
        return self.known

    async def spent_micro(self, runs: Sequence[str]) -> int:
        """The same for each."""
        return len(runs) * self.micro_a_run
