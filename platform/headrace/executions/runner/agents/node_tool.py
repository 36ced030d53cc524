"""A node that an agent calls as a tool.

Its parameters are evaluated, its own rules for time and retries hold, and what may have happened
at a crash is not done again unasked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast

from headrace.catalog.model_fills import arguments_schema, model_fills
from headrace.executions.runner import crashing, failing
from headrace.executions.runner.agents.interrupted import in_doubt
from headrace.executions.runner.agents.making import Asked, Ended
from headrace.executions.runner.agents.naming import described
from headrace.executions.runner.agents.records import CallRecord
from headrace.executions.runner.agents.workshop import Workshop
from headrace.executions.runner.attempts import CallGiven
from headrace.executions.runner.outcome import Done, Failure, Held, Suspended
from headrace.executions.runner.step import Attempt
from headrace_sdk.attached import ToolEffect, ToolOutput
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.schema_check import fault_of

LONGEST_PAUSE_S: Final = 60.0
"""A tool that wants to be tried again later than this has failed."""


@dataclass(slots=True)
class CallOutcomes:
    """`ctx.outcomes` of a node that acts item by item: here there is one item, and one outcome."""

    outputs: Mapping[str, Sequence[Item]] | None = None

    @property
    def goes_on(self) -> bool:
        """Until it is done."""
        return self.outputs is None

    def has(self, item: int) -> bool:
        """Is it done?"""
        del item
        return self.outputs is not None

    async def begin(self, item: int) -> None:
        """The start of the call is durable already."""

    def done(self, item: int, outputs: Mapping[str, Sequence[Item]]) -> None:
        """Kept until the node collects it."""
        del item
        self.outputs = outputs

    def failed(self, item: int, error: NodeError) -> None:
        """One item failed, so the call did.

        Raises:
            NodeError: always.
        """
        del item
        raise error

    def collect(self) -> Mapping[str, Sequence[Item]]:
        """What came of the item."""
        return self.outputs or {}


class NodeTool:
    """See `headrace_sdk.attached.AttachedTool`."""

    def __init__(self, shop: Workshop, node: str, name: str) -> None:
        self._shop = shop
        self._node = shop.workflow.nodes[node]
        self._planned = shop.workflow.graph.nodes[node]
        self.name = name
        self.node = self._node.name
        self.description = described(self._node)
        found = self._node.node_class
        self._fills = model_fills(found, self._node.stored_params) if found is not None else []
        self.schema = arguments_schema(self._fills)

    @cached_property
    def effect(self) -> ToolEffect:
        """The strongest that it may have; what a call has is known once its parameters are."""
        found = self._node.node_class
        if found is None or found.effect == "varies":
            return "write"
        return found.effect

    async def call(self, arguments: JsonObject, *, call: str) -> ToolOutput:
        """See `headrace_sdk.attached.AttachedTool.call`."""
        asked = self._shop.asked(call, "tool", self.name, self._node.id, arguments)

        async def work(record: CallRecord) -> Ended:
            fault = fault_of(arguments, self.schema)
            if fault is not None:
                message = f"The arguments do not fit the schema of {self.name}: {fault}"
                return Ended(error=Failure("arguments_do_not_fit", message))
            return await self._made(asked, arguments, record)

        ended = await self._shop.calls.make(asked, work)
        if ended.error is not None:
            return ToolOutput.error(f"{self.name} failed: {ended.error.message}")
        return _shown(ended)

    async def _made(self, asked: Asked, arguments: JsonObject, record: CallRecord) -> Ended:
        values = {one.path: arguments[one.name] for one in self._fills}
        tries = max(1, record.tries)
        while True:
            given = CallGiven(values, tries, record.wake)
            attempt = self._shop.attempt(self._node.id, asked.place.run, given)
            refused = await self._shop.prepared(attempt)
            attempt.context.outcomes = CallOutcomes()
            if refused is not None:
                return Ended(error=refused.failure)
            stakes = self._stakes(attempt)
            if record.is_in_doubt and stakes.asks:
                raise in_doubt(asked.path, self.node, crashing.lost())
            await self._shop.calls.begin(asked, effect=stakes.effect, tries=tries, asks=stakes.asks)
            ended = await self._ended(asked, attempt, stakes)
            pause_s = self._pause_s(asked, ended, stakes, tries)
            if pause_s is None or ended.error is None:
                return ended
            self._shop.calls.retries(asked, ended.error)
            await asyncio.sleep(pause_s)
            tries += 1

    async def _ended(self, asked: Asked, attempt: Attempt, stakes: failing.Stakes) -> Ended:
        """Call the node once.

        Raises:
            CallInterrupted: it waits, or nobody knows what it did.
            CancelRequested: the execution is being stopped.
        """
        with self._shop.writing(stakes.effect):
            outcome = await attempt.run()
        if isinstance(outcome, Held):
            raise outcome.by
        if isinstance(outcome, Suspended):
            attempt.context.state.travel_with(self._shop.journal, self._shop.bench.held.schema)
            notes = attempt.context.notes
            raise self._shop.calls.suspend(asked, outcome.suspension, notes)
        if isinstance(outcome, Done):
            self._shop.ride_along(attempt.context)
            return _of_ports(outcome.outputs)
        if stakes.is_unknown(outcome.failure, self._planned):
            raise in_doubt(asked.path, self.node, outcome.failure)
        return Ended(error=outcome.failure)

    def _stakes(self, attempt: Attempt) -> failing.Stakes:
        if attempt.effect != "write":
            return failing.PURE if attempt.effect == "pure" else failing.READ
        node = self._node
        return failing.Stakes(
            "write",
            is_keyed=attempt.is_keyed,
            asks=crashing.asks(node, self._shop.workflow.settings, is_keyed=attempt.is_keyed),
            asks_first=True,
        )

    def _pause_s(
        self, asked: Asked, ended: Ended, stakes: failing.Stakes, tries: int
    ) -> float | None:
        if ended.error is None or not stakes.may_repeat(ended.error):
            return None
        pause_s = failing.pause_s(
            self._planned,
            ended.error,
            execution=self._shop.execution,
            run=(asked.place.node, asked.place.run),
            attempt=tries,
        )
        return pause_s if pause_s is not None and pause_s <= LONGEST_PAUSE_S else None


def _of_ports(outputs: Mapping[str, Sequence[Item]]) -> Ended:
    """All items, in the order of the ports; of several ports it is told how many came by which."""
    found = {port: [*items] for port, items in outputs.items() if items}
    counts: list[JsonValue] = [[port, len(items)] for port, items in found.items()]
    items = [item for made in found.values() for item in made]
    return Ended(items, None, {"ports": counts})


def _shown(ended: Ended) -> ToolOutput:
    """As a model sees it; where the port says something, its name goes before its items."""
    ports = cast("list[list[JsonValue]]", ended.facts.get("ports") or [])
    named = [port for port, _ in ports]
    output = ToolOutput.of(ended.items)
    if not named or named == ["main"]:
        return output
    texts, first = [], 0
    for port, count in ports:
        last = first + cast("int", count)
        texts.append(f"{port}: {ToolOutput.of(ended.items[first:last]).text}")
        first = last
    return ToolOutput(ended.items, "\n".join(texts))
