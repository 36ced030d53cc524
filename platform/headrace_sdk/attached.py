"""What an agent is lent by the nodes that are tied to it: tools, a model, memory and the like.

Everything an agent does through these is a call with a name of its own (`"3"`, `"3.1"`), which must
be the same whenever the agent runs again over the same item. A call that has ended is never made
again: after a crash, or after a wait, the agent runs from its beginning and is given what was
recorded. So an agent decides by nothing but its items, its parameters and what calls gave.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.llm import Answer, Hear, Prompt, Tool, Wish
from headrace_sdk.waits import Suspension, Wake

MOST_TEXT: Final = 20_000
"""Characters of a tool's output that a model is shown."""

ToolEffect = Literal["pure", "read", "write"]
T = TypeVar("T")


class CallInterrupted(BaseException):
    """The step cannot go on now: a call waits, or a person has to decide. Never catch it."""


@dataclass(frozen=True, slots=True)
class ToolOutput:
    """What a tool gave, as items and as the text that a model is shown."""

    items: Sequence[Item] = ()
    text: str = ""
    is_error: bool = False

    @classmethod
    def of(cls, items: Sequence[Item]) -> ToolOutput:
        """Items, with their JSON as text."""
        found: list[JsonValue] = [item.json for item in items]
        shown = found[0] if len(found) == 1 else found
        text = json.dumps(shown, ensure_ascii=False, default=str)
        if len(text) > MOST_TEXT:
            text = f"{text[:MOST_TEXT]}… ({len(text) - MOST_TEXT} characters left out)"
        return cls(items, text)

    @classmethod
    def error(cls, message: str) -> ToolOutput:
        """Something that went wrong, to be told to the model."""
        return cls((), message, is_error=True)


class AttachedTool(Protocol):
    """Something that a model may have done. `schema` is a JSON Schema of its arguments.

    `node` is the name of the node that does it.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def node(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102
    @property
    def schema(self) -> JsonObject: ...  # noqa: D102
    @property
    def effect(self) -> ToolEffect: ...  # noqa: D102

    async def call(self, arguments: JsonObject, *, call: str) -> ToolOutput:
        """Do it. Arguments that do not fit, and failures, are outputs with `is_error`."""
        ...


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model an agent asks, and how: what a node lends by a port of kind `model`."""

    wish: Wish
    max_tokens: int = 4_096
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation that is remembered."""

    role: Literal["user", "assistant"]
    text: str


class Memory(Protocol):
    """A conversation that outlives the run: what a node lends by a port of kind `memory`."""

    async def recall(self) -> Sequence[Said]:
        """What was said before, oldest first."""
        ...

    async def remember(self, said: Sequence[Said]) -> None:
        """Add to it."""
        ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document. `score` is 0 to 1; `facts` may hold anything worth citing."""

    text: str
    source: str = ""
    score: float = 0.0
    facts: JsonObject = field(default_factory=dict)


class Retriever(Protocol):
    """Finds passages: what a node lends by a port of kind `retriever`.

    `name` and `description` tell a model what it can look up there.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102

    async def find(self, query: str) -> Sequence[Passage]:
        """The passages nearest to a question, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Parser:
    """What an answer must look like: what a node lends by a port of kind `parser`."""

    schema: JsonObject
    repairs: int = 2


class Toolbox(Protocol):
    """Several tools of one node, such as those of a server; lent by a port of kind `tool`."""

    @property
    def tools(self) -> Sequence[Tool]: ...  # noqa: D102

    def effect_of(self, name: str) -> ToolEffect:
        """What calling this one may do."""
        ...

    async def call(self, name: str, arguments: JsonObject) -> ToolOutput:
        """Call one of them.

        Raises:
            NodeError: it could not be called; `sent` says whether it may have had its effect.
        """
        ...


Provided: TypeAlias = ModelChoice | Memory | Retriever | Parser | Toolbox
"""What `Node.provide` returns, by the kind of the node's port."""


class Attached(Protocol):
    """What is lent to an agent, for one of its items."""

    @property
    def tools(self) -> Sequence[AttachedTool]: ...  # noqa: D102
    @property
    def model(self) -> ModelChoice | None: ...  # noqa: D102
    @property
    def memory(self) -> Memory | None: ...  # noqa: D102
    @property
    def parser(self) -> Parser | None: ...  # noqa: D102

    @property
    def spent_s(self) -> float:
        """Seconds that the calls so far took; waits do not count. The same in every attempt."""
        ...

    async def ask(
        self, prompt: Prompt, wish: Wish, *, call: str, hear: Hear | None = None
    ) -> Answer:
        """`ctx.llm.ask` as a call of this agent."""
        ...

    async def wait(
        self, suspension: Suspension, *, call: str, within_s: float | None = None
    ) -> Wake:
        """Wait without holding a worker; the same answer whenever it is asked again.

        `within_s` seconds from when it is first asked, unless the suspension says until when.
        """
        ...


async def together(calls: Sequence[Awaitable[T]]) -> list[T]:
    """All of these calls at once; results in their order.

    Where one has to wait, the others are let end first.
    """
    found = await asyncio.gather(*calls, return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return [one for one in found if not isinstance(one, BaseException)]
