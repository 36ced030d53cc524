"""The agents of the workspace, as nodes that give them work see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AgentInfo:
    """A published agent. `id` is what `ctx.call_workflow` calls; a paused one lets it wait."""

    id: str
    name: str
    description: str = ""
    skills: Sequence[str] = ()
    is_paused: bool = False


class Agents(Protocol):
    """The registry."""

    async def listed(self) -> Sequence[AgentInfo]:
        """Every agent that is published, by name."""
        ...

    async def spent_micro(self, runs: Sequence[str]) -> int:
        """What these runs cost for language models, with all that they called themselves.

        In millionths of a US dollar, by the ledger.
        """
        ...
