"""`ctx.agents`: the registry, and what runs of agents have cost."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from headrace.executions.family import descendants
from headrace.llm.costs import cost_of_executions
from headrace.tenants.threads import in_thread
from headrace.workflows.ports import ports
from headrace_sdk.agents import AgentInfo


class RunAgents:
    """See `headrace_sdk.agents.Agents`."""

    async def listed(self) -> Sequence[AgentInfo]:
        """Every agent that is published, by name."""
        return await in_thread(ports.agents.listed)

    async def spent_micro(self, runs: Sequence[str]) -> int:
        """What these runs cost, with all that they called."""
        return await in_thread(_spent, [UUID(run) for run in runs])


def _spent(runs: Sequence[UUID]) -> int:
    return cost_of_executions(descendants(runs)) if runs else 0
