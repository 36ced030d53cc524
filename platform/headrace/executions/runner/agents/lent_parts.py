"""Toolboxes, retrievers and memories as an agent calls them: every call kept like any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from headrace.executions.runner import crashing
from headrace.executions.runner.agents.interrupted import in_doubt
from headrace.executions.runner.agents.making import Ended
from headrace.executions.runner.agents.records import CallRecord
from headrace.executions.runner.agents.workshop import Workshop
from headrace.executions.runner.context import RunContext
from headrace.executions.runner.outcome import Failure, failure_of
from headrace_sdk.attached import Memory, Retriever, Said, Toolbox, ToolEffect, ToolOutput
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.llm import Tool
from headrace_sdk.schema_check import fault_of

QUERY: Final[JsonObject] = {
    "type": "object",
    "properties": {"query": {"type": "string", "description": "What to look for."}},
    "required": ["query"],
    "additionalProperties": False,
}


class BoxedTool:
    """One tool of a toolbox; see `headrace_sdk.attached.AttachedTool`."""

    def __init__(self, shop: Workshop, node: str, box: Toolbox, tool: Tool, name: str) -> None:
        self._shop, self._node, self._box, self._tool = shop, node, box, tool
        self.name = name
        self.node = shop.workflow.nodes[node].name
        self.description = tool.description
        self.schema = tool.parameters
        self.effect: ToolEffect = box.effect_of(tool.name)

    async def call(self, arguments: JsonObject, *, call: str) -> ToolOutput:
        """See `headrace_sdk.attached.AttachedTool.call`."""
        asked = self._shop.asked(call, "tool", self.name, self._node, arguments)
        settings = self._shop.workflow.settings
        compiled = self._shop.workflow.nodes[self._node]
        asks = self.effect == "write" and crashing.asks(compiled, settings, is_keyed=False)

        async def work(record: CallRecord) -> Ended:
            fault = fault_of(arguments, self.schema)
            if fault is not None:
                message = f"The arguments do not fit the schema of {self.name}: {fault}"
                return Ended(error=Failure("arguments_do_not_fit", message))
            if record.is_in_doubt:
                raise in_doubt(asked.path, self.node, crashing.lost())
            await self._shop.calls.begin(asked, effect=self.effect, asks=asks)
            try:
                with self._shop.writing(self.effect):
                    output = await self._box.call(self._tool.name, arguments)
            except NodeError as error:
                failure = failure_of(error, is_write=self.effect == "write")
                if asks and failure.sent == "maybe":
                    raise in_doubt(asked.path, self.node, failure) from error
                return Ended(error=failure)
            return _of_output(output)

        ended = await self._shop.calls.make(asked, work)
        if ended.error is not None:
            return ToolOutput.error(f"{self.name} failed: {ended.error.message}")
        return ToolOutput(ended.items, str(ended.facts.get("text") or ""))


class FindingTool:
    """A retriever as a tool; see `headrace_sdk.attached.AttachedTool`."""

    effect: ToolEffect = "read"
    schema = QUERY

    def __init__(self, shop: Workshop, node: str, retriever: Retriever, name: str) -> None:
        self._shop, self._node, self._retriever = shop, node, retriever
        self.name = name
        self.node = shop.workflow.nodes[node].name
        self.description = retriever.description

    async def call(self, arguments: JsonObject, *, call: str) -> ToolOutput:
        """See `headrace_sdk.attached.AttachedTool.call`."""
        asked = self._shop.asked(call, "retriever", self.name, self._node, arguments)

        async def work(record: CallRecord) -> Ended:
            del record
            fault = fault_of(arguments, QUERY)
            if fault is not None:
                return Ended(error=Failure("arguments_do_not_fit", fault))
            await self._shop.calls.begin(asked)
            try:
                found = await self._retriever.find(str(arguments["query"]))
            except NodeError as error:
                return Ended(error=failure_of(error, is_write=False))
            return Ended(
                [
                    Item(
                        {
                            "text": one.text,
                            "source": one.source,
                            "score": one.score,
                            "facts": one.facts,
                        }
                    )
                    for one in found
                ]
            )

        ended = await self._shop.calls.make(asked, work)
        if ended.error is not None:
            return ToolOutput.error(f"{self.name} failed: {ended.error.message}")
        output = ToolOutput.of(ended.items)
        return output if ended.items else ToolOutput((), "Nothing was found.")


class KeptMemory:
    """A memory that is read and added to once; see `headrace_sdk.attached.Memory`."""

    def __init__(self, shop: Workshop, node: str, memory: Memory, context: RunContext) -> None:
        self._shop, self._node, self._memory, self._context = shop, node, memory, context

    async def recall(self) -> Sequence[Said]:
        """What was said before, as it was when this run first asked."""
        asked = self._shop.asked("recall", "memory", "recall", self._node)

        async def work(record: CallRecord) -> Ended:
            del record
            await self._shop.calls.begin(asked)
            said = await self._memory.recall()
            return Ended([Item({"role": one.role, "text": one.text}) for one in said])

        ended = await self._shop.calls.make(asked, work)
        items: Sequence[Any] = [item.json for item in ended.items]
        return [Said(one["role"], one["text"]) for one in items]

    async def remember(self, said: Sequence[Said]) -> None:
        """Add to it, once: it holds from the moment when the log says so."""
        asked = self._shop.asked("remember", "memory", "remember", self._node)

        async def work(record: CallRecord) -> Ended:
            del record
            await self._shop.calls.begin(asked)
            await self._memory.remember(said)
            self._shop.ride_along(self._context)
            return Ended()

        await self._shop.calls.make(asked, work)


def _of_output(output: ToolOutput) -> Ended:
    if output.is_error:
        return Ended(error=Failure("tool_failed", output.text))
    return Ended(output.items, None, {"text": output.text})
