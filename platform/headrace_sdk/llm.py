"""Language models as nodes see them: one shape of question and answer for all providers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

from headrace_sdk.items import JsonObject

AUTO: Final = "auto"
"""In place of a model's name: the router chooses."""

OFFLINE: Final = "offline"
"""The name of the scripted model that is always there, for demos."""

Stop = Literal["end", "tools", "length", "refused"]
Hear: TypeAlias = Callable[[str], None]
"""Is given the text of an answer piece by piece, while it is being written."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something said."""

    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, whole; `mime` such as `image/png`."""

    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording, whole, that is to be written down; the answer's text is what is said in it.

    A prompt that holds one asks for that alone; its `system` text may hint at names. `language` is
    ISO 639-1 or empty.
    """

    mime: str
    name: str
    content: bytes
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thought:
    """What a model thought. `data` goes back to the same provider unchanged, and to no other."""

    text: str
    provider: str
    data: JsonObject


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model wants a tool called. `arguments` is `None` where `raw` is not a JSON object."""

    id: str
    name: str
    arguments: JsonObject | None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What came of the call with the id `call`."""

    call: str
    text: str
    is_error: bool = False


Part: TypeAlias = Text | Image | Audio | Thought | ToolCall | ToolResult


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Tool:
    """What a model may call; `parameters` is a JSON Schema of an object."""

    name: str
    description: str
    parameters: JsonObject


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked. With a `schema` the answer's text is JSON that should fit it."""

    messages: Sequence[Message]
    system: str = ""
    tools: Sequence[Tool] = ()
    schema: JsonObject | None = None
    max_tokens: int = 4_096
    temperature: float | None = None

    @classmethod
    def of(cls, text: str, *, system: str = "", max_tokens: int = 4_096) -> Prompt:
        """One question in text."""
        return cls((Message("user", (Text(text),)),), system, max_tokens=max_tokens)


@dataclass(frozen=True, slots=True)
class Wish:
    """How it should be answered.

    `model` is a name from the workspace's list, or `auto`; `fallback` are those to ask when it
    cannot answer. `task` and `complexity` (1 to 10) tell the router what it would have to guess.
    With `cache_s` an answer to the very same question may be so old; with `cache_similarity`, too,
    to one that is so alike (0.8 to 1) and was asked in the same way. `max_cost_micro` is in
    millionths of a US dollar, for one call at its worst.
    """

    model: str = AUTO
    fallback: Sequence[str] = ()
    task: str = ""
    complexity: int | None = None
    cache_s: float = 0
    cache_similarity: float = 0
    max_cost_micro: int | None = None
    timeout_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens. `input` are all that went in; `cached` and `cache_write` are among them."""

    input: int = 0
    output: int = 0
    cached: int = 0
    cache_write: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `model` is the name that was asked, `reason` why it was that one."""

    parts: Sequence[Part]
    stop: Stop
    usage: Usage
    model: str
    provider: str
    cost_micro: int = 0
    reason: str = ""
    is_cached: bool = False

    @property
    def text(self) -> str:
        """Everything that was said."""
        return "".join(part.text for part in self.parts if isinstance(part, Text))

    @property
    def calls(self) -> Sequence[ToolCall]:
        """The tools that are to be called."""
        return [part for part in self.parts if isinstance(part, ToolCall)]


@dataclass(frozen=True, slots=True)
class Route:
    """Which model the router takes, and why. `features` say what made it so complex."""

    model: str
    provider: str
    tier: str
    complexity: int
    reason: str
    fallback: Sequence[str] = ()
    features: JsonObject = field(default_factory=dict)


class Llm(Protocol):
    """The models of the workspace. A call that was answered is never made twice by one run."""

    async def ask(
        self, prompt: Prompt, wish: Wish | None = None, *, item: int = 0, hear: Hear | None = None
    ) -> Answer:
        """The answer. `hear` is given its text while it comes.

        Raises:
            UserError: there is no such model, a budget is spent, or the call could cost too much.
            SecretError: the model's credential cannot be used, or its provider refuses it.
            UpstreamError: no provider answers.
        """
        ...

    async def choose(self, prompt: Prompt, wish: Wish | None = None) -> Route:
        """The model that `ask` would ask, without asking.

        Raises:
            UserError: none can be asked.
        """
        ...
