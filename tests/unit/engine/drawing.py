"""Draws small workflows in one line: `draw("t > if", "if.true > a", "a > join.left")`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from headrace.engine import Graph, NodeShape, Problem, check_graph, compile_graph

TRIGGER = NodeShape((), ("main",), is_trigger=True)
ACTION = NodeShape(("main",), ("main",))
IF = NodeShape(("main",), ("true", "false"))
MERGE = NodeShape(("left", "right"), ("main",), join="all")
MERGE3 = NodeShape(("left", "middle", "right"), ("main",), join="all")
ANY = NodeShape(("left", "right"), ("main",), join="any")
TWO = NodeShape(("left", "middle", "right"), ("main",), join=2)
LOOP = NodeShape(("main",), ("loop", "done"), loop="items")
WHILE = NodeShape(("main",), ("loop", "done"), loop="while")
TRY = NodeShape(("main",), ("loop", "done", "error"), loop="once", on_body_error="catch")
SKIP = NodeShape(("main",), ("loop", "done", "error"), loop="items", on_body_error="skip")
COLLECT = replace(SKIP, on_body_error="collect")
SAGA = NodeShape(("main",), ("main", "undo"), loop="undo")

_BY_NAME = {
    "t": TRIGGER,
    "if": IF,
    "join": MERGE,
    "loop": LOOP,
    "while": WHILE,
    "try": TRY,
    "skip": SKIP,
    "collect": COLLECT,
    "saga": SAGA,
}


@dataclass(frozen=True)
class Drawing:
    """A document with the shapes of its nodes."""

    document: dict[str, Any]
    shapes: dict[str, NodeShape | None]
    reads: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def graph(self) -> Graph:
        return compile_graph(self.document, self.shapes, reads=self.reads)

    def problems(self) -> tuple[Problem, ...]:
        return check_graph(self.document, self.shapes, reads=self.reads)

    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems()]

    def reading(self, **reads: str) -> Drawing:
        """`reading(n="x y")`: the expressions of n mention x and y."""
        return replace(
            self, reads={node: frozenset(names.split()) for node, names in reads.items()}
        )


def draw(
    *wires: str,
    shapes: Mapping[str, NodeShape | None] | None = None,
    node: Mapping[str, Mapping[str, Any]] | None = None,
    **settings: Any,
) -> Drawing:
    """A drawing of wires such as `a.port > b.port`, where `main` may be left out.

    The shape of a node follows from its name without digits (`t`, `if`, `join`, `loop`, `while`,
    else an action) unless given. Nodes stand from top to bottom in order of mention. `node` adds
    `settings` or `disabled` to nodes; other keywords are settings of the workflow.
    """
    edges = []
    names: dict[str, NodeShape | None] = {}
    for wire in wires:
        ends = [end.strip().partition(".") for end in wire.split(">")]
        for name, _, _ in ends:
            names.setdefault(name, _BY_NAME.get(name.rstrip("0123456789"), ACTION))
        if len(ends) == 2:
            (source, _, port), (target, _, input_) = ends
            edges.append({"from": [source, port or "main"], "to": [target, input_ or "main"]})
    names |= shapes or {}
    nodes = [
        {"id": name, "name": name, "type": "test.node", "position": [0, row * 100], **extra}
        for row, (name, extra) in enumerate((name, (node or {}).get(name, {})) for name in names)
    ]
    document = {
        "format": "headrace/1",
        "name": "Drawn",
        "nodes": nodes,
        "edges": edges,
        "settings": settings,
    }
    return Drawing(document, names)
