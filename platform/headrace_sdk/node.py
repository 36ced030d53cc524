"""The shape of a node: what it declares about itself and the one method that does its work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Literal, TypeAlias, TypeVar

from headrace_sdk.attached import Provided
from headrace_sdk.context import Context
from headrace_sdk.errors import ContractError
from headrace_sdk.forms import Params
from headrace_sdk.items import FileRef, Inputs, Item, JsonObject, Outputs
from headrace_sdk.registrations import Registration
from headrace_sdk.waits import Suspension, Wake

Effect = Literal["pure", "read", "write"]
"""`pure`: computing again gives the same. `read`: asks the outside, safe to repeat.
`write`: changes the outside."""

Join = Literal["all", "any"] | int | None
Place = Literal["inline", "async", "child"]
LoopKind = Literal["items", "while", "once", "undo"]
"""How a loop head turns: over its items, while something comes back, once (a scope that catches
errors), or only to undo what was done."""

BodyError = Literal["stop", "skip", "collect", "catch"]
"""What an error in a loop's body means: the execution fails, its turn gives nothing, it is kept
for the port `error`, or it is caught there at once."""

PortKind = Literal["main", "model", "memory", "tool", "retriever", "parser"]
P = TypeVar("P", bound=Params)
ParamsClass: TypeAlias = type[Params]


@dataclass(frozen=True, slots=True)
class Port:
    """A named input or output."""

    id: str = "main"
    label: str = ""
    kind: PortKind = "main"
    required: bool = False


@dataclass(frozen=True, slots=True)
class PortsFrom:
    """Ports that follow parameters: one per `path` (`cases[].name`), then `plus`, then `also`.

    `also` names ports that are there while a parameter has one of some values:
    `(port, parameter, values)`.
    """

    path: str = ""
    plus: tuple[str, ...] = ()
    also: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class JoinRule:
    """How several inputs come together: all that can still come, or so many deliveries.

    After `timeout_s` (seconds) it takes what it has. With `cancel_rest` what only it was waiting
    for is stopped once it has enough.
    """

    join: Join = None
    timeout_s: float | None = None
    cancel_rest: bool = False


@dataclass(frozen=True, slots=True)
class LoopRule:
    """What the engine must know of a loop head before it runs.

    `concurrency` turns are open at once. `catches` are the error codes that `on_body_error` is
    about, all if there are none. `undo_on_cancel`: what was done is undone after a cancel, too.
    """

    kind: LoopKind
    concurrency: int = 1
    on_body_error: BodyError = "stop"
    catches: tuple[str, ...] = ()
    undo_on_cancel: bool = False


@dataclass(frozen=True, slots=True)
class CredentialSlot:
    """A place for a credential on a node. `show_if` as for fields: (parameter, values)."""

    name: str
    types: tuple[str, ...]
    required: bool = True
    show_if: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A runnable example: shown in the documentation, executed by the conformance kit.

    `output` is compared with what the node returns; `None` where it cannot be known before.
    `inputs` gives items by port in place of `items`. `answers` maps `"GET https://…"` to the JSON
    that a remote side answers with. `needs` says what must be there for it to run, such as
    "an SMTP server": without it, it may fail as a missing credential or server makes it.
    """

    title: str
    params: JsonObject
    items: Sequence[JsonObject] = ({},)
    output: dict[str, list[JsonObject]] | None = None
    inputs: dict[str, list[JsonObject]] | None = None
    answers: JsonObject | None = None
    needs: str = ""


class ParamSet(Generic[P]):
    """The evaluated parameters of one run: one value for each item of the first input.

    Where no parameter reads the item, all are the same object, checked once.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Sequence[P]) -> None:
        self._values = values

    @property
    def first(self) -> P:
        """The parameters of the first item: for nodes that act once for all items."""
        return self._values[0]

    def __getitem__(self, item: int) -> P:
        return self._values[item] if item < len(self._values) else self._values[-1]

    def __iter__(self) -> Iterator[P]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


MAIN_IN: tuple[Port, ...] = (Port("main", "In"),)
MAIN_OUT: tuple[Port, ...] = (Port("main", "Out"),)


class Node(Generic[P]):
    """An action: items in, items out. One subclass in one file is one node.

    Class attributes describe it; `run` does the work over all items at once. The docstring is
    the node's documentation, in Markdown, shown beside it in the editor.
    """

    type: ClassVar[str]
    title: ClassVar[str]
    category: ClassVar[str]
    icon: ClassVar[str] = "box"
    version: ClassVar[int] = 1
    synonyms: ClassVar[tuple[str, ...]] = ()
    inputs: ClassVar[tuple[Port, ...]] = MAIN_IN
    outputs: ClassVar[tuple[Port, ...]] = MAIN_OUT
    inputs_from: ClassVar[PortsFrom | None] = None
    outputs_from: ClassVar[PortsFrom | None] = None
    join: ClassVar[Join] = None
    place: ClassVar[Place] = "inline"
    """`inline`: quick and pure, or awaits. `child`: a process of its own, killed at its time limit;
    there it computes only, and what it prints goes into the step's log."""
    effect: ClassVar[Effect | Literal["varies"]] = "pure"
    sends_idempotency_key: ClassVar[bool] = False
    per_item: ClassVar[bool] = False
    """Does it act item by item through `each_item`, so that each has an outcome of its own?"""
    credentials: ClassVar[tuple[CredentialSlot, ...]] = ()
    examples: ClassVar[tuple[Example, ...]] = ()
    output_schema: ClassVar[JsonObject | None] = None
    opens_address: ClassVar[bool] = False
    """May a run of it wait at a `/resume/` address? Then `$execution.resumeUrls` has it."""
    attachable: ClassVar[bool | None] = None
    """May an agent call it as a tool? `None`: actions yes; triggers, flow and agents no."""
    Params: ClassVar[ParamsClass]

    loop: ClassVar[LoopKind | None] = None
    """A loop head sends its body what leaves by the port `loop`, and goes on by `done`."""

    @classmethod
    def loop_rule(cls, params: JsonObject) -> LoopRule | None:
        """How it turns, from the stored parameters, which may hold anything."""
        del params
        return LoopRule(cls.loop) if cls.loop else None

    @classmethod
    def join_rule(cls, params: JsonObject) -> JoinRule:
        """How its inputs come together, from the stored parameters, which may hold anything."""
        del params
        return JoinRule(cls.join)

    @classmethod
    def effect_of(cls, params: P) -> Effect:
        """The effect for these parameters; override it when `effect` is `varies`."""
        del params
        return "pure" if cls.effect == "varies" else cls.effect

    @classmethod
    def is_keyed(cls, params: P) -> bool:
        """Can the other side tell that a repeated write is the same, so that repeating is safe?"""
        del params
        return cls.sends_idempotency_key

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """One short line under the node's name, from the stored parameters."""
        del params
        return ""

    @classmethod
    def upgrade(cls, params: JsonObject, from_version: int) -> JsonObject:
        """Stored parameters of an older version, brought to this one."""
        del from_version
        return params

    async def run(self, ctx: Context, params: ParamSet[P], inputs: Inputs) -> Outputs | Suspension:
        """Do the work.

        Raises:
            NodeError: it could not be done; the message says what to do about it.
        """
        raise NotImplementedError

    async def resume(
        self, ctx: Context, params: ParamSet[P], inputs: Inputs, wake: Wake
    ) -> Outputs | Suspension:
        """Go on after a `Suspension`; passes the items through unless overridden."""
        del ctx, params, wake
        return {"main": [item.at(index) for index, item in enumerate(inputs.main)]}

    async def provide(self, ctx: Context, params: P) -> Provided:
        """What it lends to an agent by its port of another kind than `main`.

        Raises:
            NodeError: it cannot be lent like this; the message says what to do about it.
        """
        del ctx, params
        message = f"{self.type} lends nothing: only nodes with such a port are asked."
        raise ContractError(message)


class Capability(Node[P]):
    """Does nothing by itself: an agent that it is tied to uses what it provides.

    It declares one output of kind `model`, `memory`, `retriever`, `parser` or `tool`.
    """

    inputs: ClassVar[tuple[Port, ...]] = ()

    async def run(self, ctx: Context, params: ParamSet[P], inputs: Inputs) -> Outputs | Suspension:
        """Never called: items cannot come here."""
        del ctx, params, inputs
        message = f"{self.type} is lent to agents and takes no items."
        raise ContractError(message)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in at a trigger: a request, a planned time, or items given by hand.

    A request's `data` is `{"method", "path", "headers", "query", "params", "body"}` with header
    names in lower case; its uploads are in `binary`, and so is the body itself, as `data`, where
    the registration asked for it raw. A schedule's is `{"planned_at", "fired_at", "timezone"}`.
    """

    data: JsonObject
    binary: Mapping[str, FileRef] | None = None
    items: Sequence[Item] | None = None


class Trigger(Node[P]):
    """How a run begins. It declares what it waits for; the platform does the waiting."""

    inputs: ClassVar[tuple[Port, ...]] = ()

    @classmethod
    def register(cls, params: P, node_id: str) -> Sequence[Registration]:
        """What to wait for while the workflow is active. Pure; its parameters are literals.

        Raises:
            UserError: these parameters cannot be waited for; the workflow is not published.
        """
        raise NotImplementedError

    @classmethod
    def accept(cls, params: P, arrival: Arrival) -> Sequence[Item]:
        """The items that the run starts with. Pure and quick: it runs before the answer."""
        del params
        if arrival.items is not None:
            return arrival.items
        return [Item(arrival.data, arrival.binary)]


AnyNode: TypeAlias = type[Node]  # type: ignore[type-arg]
"""A node class of whatever parameters."""


def is_agent(node_class: AnyNode) -> bool:
    """Does it use what other nodes lend?"""
    return any(port.kind != "main" for port in node_class.inputs)


def is_attachable(node_class: AnyNode) -> bool:
    """May an agent call it as a tool, by an output `tool` that it does not declare?"""
    if issubclass(node_class, Trigger | Capability) or node_class.loop or is_agent(node_class):
        return False
    if any(port.id == "tool" for port in node_class.outputs):
        return False
    if node_class.attachable is not None:
        return node_class.attachable
    return node_class.category.casefold() not in ("flow", "testing")
