"""A compiled workflow version: immutable, with all that can be known before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from headrace.engine.problems import Problem
from headrace.engine.settings import NodeSettings, WorkflowSettings

Join: TypeAlias = Literal["all", "any"] | int
Loop: TypeAlias = Literal["items", "while", "once", "undo"]
BodyError: TypeAlias = Literal["stop", "skip", "collect", "catch"]
Scope: TypeAlias = tuple[str, ...]
"""The loop heads around a node, outermost first; empty outside of loops."""

ERROR_PORT = "error"
LOOP_PORT = "loop"
DONE_PORT = "done"
LIMIT_PORT = "limit"
UNDO_PORT = "undo"


class Socket(NamedTuple):
    """An input that takes what other nodes lend: models, tools and the like, no items."""

    port: str
    kind: str
    required: bool = False


class Tie(NamedTuple):
    """A wire without items: `source` is lent to `target` by a port of this kind."""

    source: str
    port: str
    target: str
    input: str
    kind: str


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What the engine must know of a node; the catalogue resolves it from type and parameters.

    `inputs` and `outputs` are its main ports, `inputs` empty for triggers. `join` is how several
    inputs come together: `all`, `any` or at the n-th delivery; `None` runs once per delivery.
    `lends` are its outputs of other kinds (model, tool, …) as (port, kind), `takes` its inputs of
    such kinds: they carry no items.

    A head of a `loop` sends its body what leaves by `loop` (`undo` for one that undoes). It turns
    over its items, `concurrency` at once; while something comes back and it answers by `loop`
    again; once; or only when what was done is to be undone, also after a cancel if it says so.
    `on_body_error` says what a failure in the body means: the execution fails, the turn gives
    nothing, its error leaves by `error` when all turns are over, or at once, which is to catch it.
    Of the codes in `catches` only, if there are any.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    join: Join | None = None
    loop: Loop | None = None
    is_trigger: bool = False
    lends: tuple[tuple[str, str], ...] = ()
    takes: tuple[Socket, ...] = ()
    join_timeout_s: float | None = None
    concurrency: int = 1
    on_body_error: BodyError = "stop"
    catches: tuple[str, ...] = ()
    undo_on_cancel: bool = False
    cancel_rest: bool = False
    """Whether an `any` or n-of-m join ends what only it was waiting for, once it has enough."""

    @property
    def body_port(self) -> str:
        """The port that leads into the body of a loop."""
        return UNDO_PORT if self.loop == "undo" else LOOP_PORT


@dataclass(frozen=True, slots=True)
class Edge:
    """A wire. `ordinal` is its canonical place among the wires into its target.

    A delivery along it keeps the first `depth` frames of its tag. A `back` edge returns to the
    head of the loop that it is in.
    """

    source: str
    port: str
    target: str
    input: str
    ordinal: int
    depth: int
    back: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A node in its place. Of a virtual head (`id` ends in `^`) there is no node in the document.

    `successors` are the nodes of the same scope that may still receive something while this one
    is open; `readers` are those that wait for it because their expressions read it, `far_readers`
    those of them inside of loops. `far_reads` are the nodes around its own loops that it waits for,
    `rest_of` the joins that alone it leads to and that end it: each with the depth of their scope.
    """

    id: str
    name: str
    shape: NodeShape
    settings: NodeSettings
    scope: Scope
    out: Mapping[str, tuple[Edge, ...]]
    successors: tuple[str, ...]
    readers: tuple[str, ...] = ()
    far_readers: tuple[str, ...] = ()
    far_reads: tuple[tuple[int, str], ...] = ()
    rest_of: tuple[tuple[int, str], ...] = ()
    join: Literal["all"] | int | None = None
    """For a number, the join runs at that delivery; `any` is 1."""
    inherits_via: bool = False
    wired_inputs: int = 0
    is_disabled: bool = False
    is_virtual: bool = False
    pass_port: str | None = None
    """Where the input of a disabled node leaves."""

    @property
    def first_output(self) -> str | None:
        """The port of pinned items, of `always_output` and of `on_error: continue`."""
        return self.shape.outputs[0] if self.shape.outputs else None


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """What a scope looks like when it opens.

    `open_before` counts for each node the neighbours that must close before it can; `starts` are
    those with none. `reads_before` counts, of these, the ones that it reads.
    """

    open_before: Mapping[str, int]
    reads_before: Mapping[str, int]
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """What `compile_graph` gives. `ranks` is the canonical order of nodes, by trigger."""

    nodes: Mapping[str, Node]
    scopes: Mapping[Scope, ScopePlan]
    triggers: tuple[str, ...]
    ranks: Mapping[str, Mapping[str, int]]
    settings: WorkflowSettings
    ties: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)
    """By the node that uses them: what is lent to it, in the order in which it was drawn."""
    reads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By node: those that its expressions read without a wire leading from them."""
    warnings: tuple[Problem, ...] = ()
