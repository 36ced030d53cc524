"""Puts together what is lent to an agent for one of its items: `ctx.attached`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, cast

import orjson

from headrace.engine import RunStep, Tie
from headrace.executions.runner.agents.lent_parts import BoxedTool, FindingTool, KeptMemory
from headrace.executions.runner.agents.making import Calls, Ended
from headrace.executions.runner.agents.naming import tool_name
from headrace.executions.runner.agents.node_tool import NodeTool
from headrace.executions.runner.agents.records import CallRecord, CallRecords
from headrace.executions.runner.agents.workshop import Bench, Workshop
from headrace.executions.runner.attempts import CallGiven
from headrace.executions.runner.context import Notes, RunContext
from headrace.executions.runner.outcome import failure_of
from headrace.llm.wire import decode_answer, digest, encode_answer
from headrace_sdk.attached import (
    AttachedTool,
    Memory,
    ModelChoice,
    Parser,
    Provided,
    Retriever,
)
from headrace_sdk.errors import NodeError, UserError
from headrace_sdk.items import Inputs, Item, JsonObject
from headrace_sdk.llm import Answer, Hear, Prompt, Wish
from headrace_sdk.node import is_attachable
from headrace_sdk.waits import Suspension, Wake

TOOL: Final = "tool"


class RunAttached:
    """See `headrace_sdk.attached.Attached`."""

    def __init__(self, shop: Workshop, context: RunContext) -> None:
        self._shop = shop
        self._context = context
        self.by_name: dict[str, AttachedTool] = {}
        self.model: ModelChoice | None = None
        self.memory: Memory | None = None
        self.parser: Parser | None = None

    @property
    def tools(self) -> Sequence[AttachedTool]:
        """See `headrace_sdk.attached.Attached.tools`."""
        return [*self.by_name.values()]

    @property
    def spent_s(self) -> float:
        """See `headrace_sdk.attached.Attached.spent_s`."""
        return self._shop.calls.spent_s

    async def ask(
        self, prompt: Prompt, wish: Wish, *, call: str, hear: Hear | None = None
    ) -> Answer:
        """See `headrace_sdk.attached.Attached.ask`."""
        # What a prompt holds is not for the log: its digest tells whether it is the same.
        named = digest(prompt, wish.model).hex()[:32]
        asked = self._shop.asked(call, "model", named, self._shop.command.node)

        async def work(record: CallRecord) -> Ended:
            del record
            await self._shop.calls.begin(asked)
            try:
                answer = await self._context.llm.ask(prompt, wish, item=self._shop.index, hear=hear)
            except NodeError as error:
                # The agent fails by it; where its step is tried again the model is asked again.
                self._shop.calls.retries(asked, failure_of(error, is_write=False))
                raise
            kept = cast("JsonObject", orjson.loads(encode_answer(answer)))
            facts: JsonObject = {
                "model": answer.model,
                "tokens": [answer.usage.input, answer.usage.output],
                "cost_micro": answer.cost_micro,
            }
            return Ended([Item({"answer": self._context.mask.object(kept)})], None, facts)

        ended = await self._shop.calls.make(asked, work)
        return decode_answer(orjson.dumps(ended.items[0].json["answer"]))

    async def wait(
        self, suspension: Suspension, *, call: str, within_s: float | None = None
    ) -> Wake:
        """See `headrace_sdk.attached.Attached.wait`."""
        shop = self._shop
        if within_s is not None and suspension.until is None:
            until = shop.bench.recorder.clock.now() + timedelta(seconds=within_s)
            suspension = replace(suspension, until=until)
        title = str(suspension.note.get("title") or suspension.kind)
        asked = shop.asked(call, suspension.kind, title[:200], shop.command.node)
        record = shop.calls.record(asked)
        if record.wake is None:
            if not record.is_suspended:
                await shop.calls.begin(asked)
            raise shop.calls.suspend(asked, suspension, Notes())
        if not record.is_over:
            shop.calls.note_end(asked, Ended((), None, {"by": record.wake.kind}))
        return record.wake

    def take(self, node: str, provided: Provided, context: RunContext) -> None:
        """Put it where the agent looks for it; what finds or does something becomes a tool."""
        shop, tools = self._shop, self.by_name
        if isinstance(provided, ModelChoice):
            self.model = provided
        elif isinstance(provided, Parser):
            self.parser = provided
        elif hasattr(provided, "recall"):
            self.memory = KeptMemory(shop, node, cast("Memory", provided), context)
        elif hasattr(provided, "find"):
            retriever = cast("Retriever", provided)
            name = tool_name(retriever.name, tools)
            tools[name] = FindingTool(shop, node, retriever, name)
        else:
            for tool in provided.tools:
                name = tool_name(tool.name, tools)
                tools[name] = BoxedTool(shop, node, provided, tool, name)


class Lending:
    """Of one attempt of an agent's step."""

    def __init__(
        self,
        bench: Bench,
        records: CallRecords,
        command: RunStep,
        inputs: Inputs,
        context: RunContext,
    ) -> None:
        self._bench = bench
        self._command = command
        self._items = inputs.main
        self._context = context
        run = (command.node, command.run)
        self._records = records
        self._run = run
        self._made: dict[int, RunAttached] = {}

    async def attached(self, item: int) -> RunAttached:
        """What is lent for an item, put together once.

        Raises:
            NodeError: something that is tied to it cannot be used.
        """
        if item not in self._made:
            self._made[item] = await self._put_together(item)
        return self._made[item]

    async def _put_together(self, item: int) -> RunAttached:
        bench, command = self._bench, self._command
        calls = Calls(self._run, command.attempt, self._records, bench.recorder, bench.intake)
        shop = Workshop(bench, command, calls, self._items[item], item)
        found = RunAttached(shop, self._context)
        for tie in bench.workflow.graph.ties.get(command.node, ()):
            node = bench.workflow.nodes[tie.source]
            if tie.kind == TOOL and node.node_class is not None and is_attachable(node.node_class):
                name = tool_name(node.name, found.by_name)
                found.by_name[name] = NodeTool(shop, tie.source, name)
            else:
                found.take(tie.source, *await self._provided(shop, tie))
        return found

    async def _provided(self, shop: Workshop, tie: Tie) -> tuple[Provided, RunContext]:
        """What a node lends, with its own context.

        Raises:
            NodeError: it cannot be lent.
        """
        place = shop.asked("lent", tie.kind, tie.source, tie.source).place
        attempt = shop.attempt(tie.source, place.run, CallGiven())
        refused = await shop.prepared(attempt)
        if refused is not None:
            message = f'"{attempt.node.name}" cannot be used: {refused.failure.message}'
            raise UserError(message, code=refused.failure.code)
        node: Any = attempt.node.node_class
        params: Any = attempt.params
        try:
            return await node().provide(attempt.context, params.first), attempt.context
        except NodeError as error:
            error.message = f'"{attempt.node.name}" cannot be used: {error.message}'
            raise
