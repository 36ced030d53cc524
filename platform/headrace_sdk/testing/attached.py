"""What an agent is lent, in memory: tools are functions, waits end as the test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from headrace_sdk.attached import (
    AttachedTool,
    CallInterrupted,
    Memory,
    ModelChoice,
    Parser,
    Said,
    ToolEffect,
    ToolOutput,
)
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.llm import Answer, Hear, Prompt, Wish
from headrace_sdk.schema_check import fault_of
from headrace_sdk.testing.llm import MemoryLlm
from headrace_sdk.waits import Suspension, Wake


@dataclass(slots=True)
class MemoryTool:
    """A tool whose work is `function`; the arguments of each call are kept in `called`."""

    name: str
    function: Callable[[JsonObject], JsonObject]
    description: str = ""
    schema: JsonObject = field(default_factory=lambda: {"type": "object"})
    effect: ToolEffect = "read"
    called: list[JsonObject] = field(default_factory=list)

    @property
    def node(self) -> str:
        """Its name."""
        return self.name

    async def call(self, arguments: JsonObject, *, call: str) -> ToolOutput:
        """What the function gives; its `NodeError` becomes an error of the tool."""
        del call
        fault = fault_of(arguments, self.schema)
        if fault is not None:
            return ToolOutput.error(fault)
        self.called.append(arguments)
        try:
            return ToolOutput.of([Item(self.function(arguments))])
        except NodeError as error:
            return ToolOutput.error(error.message)


@dataclass(slots=True)
class MemoryConversation:
    """A conversation that is remembered in `said`."""

    said: list[Said] = field(default_factory=list)

    async def recall(self) -> Sequence[Said]:
        """All of it."""
        return [*self.said]

    async def remember(self, said: Sequence[Said]) -> None:
        """Add to it."""
        self.said += said


@dataclass(slots=True)
class MemoryAttached:
    """Give it to `MemoryContext(lent=…)`. `wakes` say by the name of a call how its wait ended.

    A call that has to wait for what is not there raises `CallInterrupted`; `waiting` has it.
    """

    tools: Sequence[AttachedTool] = ()
    model: ModelChoice | None = None
    memory: Memory | None = None
    parser: Parser | None = None
    wakes: dict[str, Wake] = field(default_factory=dict)
    waiting: dict[str, Suspension] = field(default_factory=dict)
    llm: MemoryLlm = field(default_factory=MemoryLlm)
    item: int = 0
    spent_s: float = 0.0

    async def ask(
        self, prompt: Prompt, wish: Wish, *, call: str, hear: Hear | None = None
    ) -> Answer:
        """The next answer of `llm`."""
        del call
        return await self.llm.ask(prompt, wish, item=self.item, hear=hear)

    async def wait(
        self, suspension: Suspension, *, call: str, within_s: float | None = None
    ) -> Wake:
        """How the test says that it ended."""
        del within_s
        if call not in self.wakes:
            self.waiting[call] = suspension
            raise CallInterrupted
        return self.wakes[call]
