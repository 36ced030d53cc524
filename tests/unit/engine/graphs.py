"""Hypothesis strategies for random workflows: branches, joins, dropped items, errors, loops."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from headrace.engine import NodeShape
from tests.unit.engine.drawing import (
    ACTION,
    COLLECT,
    IF,
    LOOP,
    MERGE,
    MERGE3,
    SAGA,
    SKIP,
    TRIGGER,
    TRY,
    WHILE,
    Drawing,
)

_Port = tuple[str, str]


class _Sketch:
    """A workflow in the making. Every choice is drawn, so that failures shrink."""

    def __init__(self, draw: st.DrawFn, *, loops: bool, guards: bool) -> None:
        self.draw = draw
        self.loops = loops
        self.guards = guards
        self.shapes: dict[str, NodeShape] = {"t": TRIGGER}
        self.settings: dict[str, dict[str, Any]] = {}
        self.disabled: set[str] = set()
        self.edges: dict[tuple[_Port, _Port], None] = {}
        self.escapes: list[_Port] = []

    def document(self, order: str) -> dict[str, Any]:
        places = self.draw(st.permutations(range(len(self.shapes))))
        nodes = [
            {
                "id": node,
                "name": f"Node {node}",
                "type": "test.node",
                "position": [0, place],
                "settings": self.settings.get(node, {}),
                "disabled": node in self.disabled,
            }
            for node, place in zip(self.shapes, places, strict=True)
        ]
        return {
            "format": "headrace/1",
            "nodes": nodes,
            "edges": [{"from": [*source], "to": [*target]} for source, target in self.edges],
            "settings": {"order": order, "max_parallel_steps": 1000, "max_iterations": 20},
        }

    def reads(self) -> dict[str, frozenset[str]]:
        """Some nodes read one that was drawn before them, as expressions do."""
        nodes = list(self.shapes)
        found = {}
        for _ in range(self.draw(st.sampled_from([0, 0, 1, 2])) if len(nodes) > 2 else 0):
            reader = self.draw(st.integers(2, len(nodes) - 1))
            read = nodes[self.draw(st.integers(1, reader - 1))]
            found[nodes[reader]] = frozenset({f"Node {read}"})
        return found

    def body(self, entry: _Port, depth: int, size: int, heads: list[str]) -> list[_Port]:
        """Nodes behind a port; returns the ports from which it may go on."""
        pool = [entry]
        for _ in range(size):
            kind = self.draw(st.sampled_from(self._kinds(depth)))
            node = f"n{len(self.shapes)}"
            if kind == "circle":
                pool.append(self._circle(node, pool, depth, heads))
            elif kind == "guard":
                pool.extend(self._guard(node, pool, depth, heads))
            elif kind == "saga":
                pool.append(self._saga(node, pool, depth, heads))
            elif kind == "race":
                pool.append(self._race(node, pool))
            elif kind == "loop":
                pool.append(self._loop(node, pool, depth, heads))
            else:
                pool.extend(self._node(node, kind, pool))
        return pool[1:] or pool

    def _kinds(self, depth: int) -> list[str]:
        plain = ["action", "action", "if", "if", "risky", "join", "join", "join3", "off"]
        if depth >= 3:
            return plain
        if self.guards:
            return [
                *dict.fromkeys(plain),
                "guard",
                "guard",
                "guard",
                "saga",
                "saga",
                "race",
                "loop",
            ]
        return plain + (["loop", "circle"] if self.loops else [])

    def _node(self, node: str, kind: str, pool: list[_Port]) -> list[_Port]:
        shapes = {"if": IF, "join": MERGE, "join3": MERGE3}
        self.shapes[node] = shape = shapes.get(kind, ACTION)
        if kind == "risky":
            self.settings[node] = {"on_error": "error_port"}
        elif kind == "off":
            self.disabled.add(node)
        for port in shape.inputs:
            for _ in range(self._few()):
                self._wire(self._source(pool), (node, port))
        return [(node, port) for port in (*shape.outputs, *(["error"] if kind == "risky" else []))]

    def _loop(self, node: str, pool: list[_Port], depth: int, heads: list[str]) -> _Port:
        concurrency = self.draw(st.sampled_from([1, 1, 2, 3]))
        self.shapes[node] = NodeShape(
            LOOP.inputs, LOOP.outputs, None, "items", concurrency=concurrency
        )
        for _ in range(self._few()):
            self._wire(self._source(pool), (node, "main"))
        size = self.draw(st.integers(1, 4))
        ends = self.body((node, "loop"), depth + 1, size, [*heads, node])
        for _ in range(self._few()):
            self._wire(self.draw(st.sampled_from(ends)), (node, "main"))
        if heads and self._rarely():
            self._wire(self.draw(st.sampled_from(ends)), (heads[-1], "main"))
        if self._rarely():
            self.escapes.append(self.draw(st.sampled_from(ends)))
        return node, "done"

    def _circle(self, node: str, pool: list[_Port], depth: int, heads: list[str]) -> _Port:
        """A cycle without a loop node: it ends where an If says so."""
        self.shapes[node] = ACTION
        self._wire(self.draw(st.sampled_from(pool)), (node, "main"))
        size = self.draw(st.integers(0, 3))
        ends = self.body((node, "main"), depth + 1, size, [*heads, node])
        gate = f"n{len(self.shapes)}"
        self.shapes[gate] = IF
        self._wire(self.draw(st.sampled_from(ends)), (gate, "main"))
        self._wire((gate, "true"), (node, "main"))
        return gate, "false"

    def _guard(self, node: str, pool: list[_Port], depth: int, heads: list[str]) -> list[_Port]:
        """A loop or a Try that keeps failures to their turn, or a While."""
        shape = self.draw(st.sampled_from([TRY, TRY, SKIP, COLLECT, WHILE]))
        self.shapes[node] = replace(shape, concurrency=self.draw(st.sampled_from([1, 2])))
        self._wire(self._source(pool), (node, "main"))
        ends = self.body((node, "loop"), depth + 1, self.draw(st.integers(2, 5)), [*heads, node])
        self._wire(self.draw(st.sampled_from(ends)), (node, "main"))
        return [(node, port) for port in shape.outputs if port != "loop"]

    def _saga(self, node: str, pool: list[_Port], depth: int, heads: list[str]) -> _Port:
        self.shapes[node] = SAGA
        self._wire(self.draw(st.sampled_from(pool)), (node, "main"))
        self.body((node, "undo"), depth + 1, self.draw(st.integers(1, 2)), [*heads, node])
        return node, "main"

    def _race(self, node: str, pool: list[_Port]) -> _Port:
        """A join that takes the first or the second delivery, and may end the rest."""
        join = self.draw(st.sampled_from(["any", 2]))
        rest = self.draw(st.booleans())
        self.shapes[node] = NodeShape(MERGE3.inputs, ("main",), join, cancel_rest=rest)
        for port in MERGE3.inputs:
            self._wire(self._source(pool), (node, port))
        return node, "main"

    def _source(self, pool: list[_Port]) -> _Port:
        if self.escapes and self._rarely():
            return self.draw(st.sampled_from(self.escapes))
        return self.draw(st.sampled_from(pool))

    def _wire(self, source: _Port, target: _Port) -> None:
        self.edges[source, target] = None

    def _few(self) -> int:
        return self.draw(st.sampled_from([1, 1, 1, 1, 2]))

    def _rarely(self) -> bool:
        return self.draw(st.integers(0, 4)) == 4


@st.composite
def drawings(
    draw: st.DrawFn, *, loops: bool = False, guards: bool = False, order: str = "parallel"
) -> Drawing:
    """A workflow of up to some twenty nodes behind the trigger `t`.

    With `guards` there are heads that contain failures, sagas, and joins that do not wait.
    """
    sketch = _Sketch(draw, loops=loops, guards=guards)
    sketch.body(("t", "main"), 0, draw(st.integers(3 if guards else 1, 9)), [])
    return Drawing(sketch.document(order), dict(sketch.shapes), sketch.reads())


def in_order(drawing: Drawing, order: str) -> Drawing:
    """The same workflow with another order of execution."""
    settings = {**drawing.document["settings"], "order": order}
    return replace(drawing, document={**drawing.document, "settings": settings})
