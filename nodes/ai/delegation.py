"""What a supervisor hands to agents and gets back: one call of a workflow for each task.

The whole delegation runs again from its beginning whenever runs of agents have ended. Calls have
numbers that follow from what was decided before, and models answer the same as before at no cost,
so that nothing that was done is done again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from headrace_sdk import CallResult, Context, Item, JsonObject, JsonValue, NodeError, UserError
from headrace_sdk.agents import AgentInfo

STRIDE: Final = 1_000
"""Numbers of calls that each item has for itself."""

MOST_CALLS: Final = 100
"""Of agents, for one item."""

LONGEST_SHOWN: Final = 20_000
"""Characters of an agent's result that a model is shown."""

Status = Literal["completed", "failed", "not_run"]


class StillWaiting(Exception):
    """Runs of agents are open; the supervisor goes on when they have ended."""


@dataclass(frozen=True, slots=True)
class Work:
    """One task for one agent."""

    agent: AgentInfo
    task: str
    more: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it. `output` is the run's last items, one alone without a list around it."""

    agent: str
    status: Status
    output: JsonValue = None
    error: str = ""
    execution: str = ""

    @property
    def is_good(self) -> bool:
        """Did the agent do its work?"""
        return self.status == "completed"

    @property
    def text(self) -> str:
        """What a person or a model reads of it."""
        if not self.is_good:
            return self.error
        value = self.output
        if isinstance(value, dict) and isinstance(value.get("answer"), str):
            value = value["answer"]
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        left_out = len(shown) - LONGEST_SHOWN
        return f"{shown[:LONGEST_SHOWN]}… ({left_out} more)" if left_out > 0 else shown

    @property
    def shown(self) -> JsonObject:
        """A row of the result."""
        made: JsonObject = {"agent": self.agent, "status": self.status, "execution": self.execution}
        return made | ({"output": self.output} if self.is_good else {"error": self.error})


@dataclass(slots=True)
class Delegation:
    """Of one item. `known` are the runs that have ended, by the number of their call."""

    ctx: Context
    index: int
    item: Item
    known: Mapping[int, CallResult]
    max_micro: int
    count: int = 0
    asked_micro: int = 0
    done: list[Done] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)

    async def together(self, works: Sequence[Work]) -> list[Done]:
        """Give all of it to agents at once, and what became of it.

        Raises:
            StillWaiting: not all of it has ended.
            NodeError: too many calls, or an agent cannot be called.
        """
        is_over = await self.is_spent()
        found = [_not_run(one) if is_over else await self._call(one) for one in works]
        if any(one is None for one in found):
            raise StillWaiting
        ended = [one for one in found if one is not None]
        self.done += ended
        return ended

    async def is_spent(self) -> bool:
        """Is nothing left of what the item may cost?"""
        return bool(self.max_micro) and await self.spent_micro() >= self.max_micro

    async def spent_micro(self) -> int:
        """What the supervisor's questions and the runs of agents have cost."""
        return self.asked_micro + await self.ctx.agents.spent_micro(self.runs)

    async def _call(self, work: Work) -> Done | None:
        """`None` while its run is open."""
        number = self.index * STRIDE + self.count
        self.count += 1
        if self.count > MOST_CALLS:
            message = f"More than {MOST_CALLS} calls of agents for one item. Lower the rounds."
            raise NodeError(message, code="too_many_calls", item=self.index)
        result = self.known.get(number)
        if result is None:
            given: JsonObject = {**self.item.json, **work.more, "task": work.task}
            items = [Item(given, self.item.binary)]
            try:
                await self.ctx.call_workflow(work.agent.id, items, item=number)
            except UserError as error:
                message = f"{work.agent.name}: {error.message}"
                return Done(work.agent.name, "failed", error=message)
            return None
        self.runs.append(result.execution)
        return _ended(work, result)


def _ended(work: Work, result: CallResult) -> Done:
    if result.status != "completed":
        said = (result.error or {}).get("message") or f"it was {result.status}"
        message = f"{work.agent.name} failed: {said}"
        return Done(work.agent.name, "failed", error=message, execution=result.execution)
    values: list[JsonValue] = [one.json for one in result.items]
    output = values[0] if len(values) == 1 else values
    return Done(work.agent.name, "completed", output, execution=result.execution)


def _not_run(work: Work) -> Done:
    message = f"{work.agent.name} was not asked: what the item may cost is spent."
    return Done(work.agent.name, "not_run", error=message)
