"""Hypothesis strategies for random workflows: branches, joins, dropped items, errors, loops."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from headrace.engine import NodeShape
from tests.unit.engine.drawing import ACTION, IF, LOOP, MERGE, MERGE3, TRIGGER, Drawing

_Port = tuple[str, str]


class _Sketch:
    """A workflow in the making. Every choice is drawn, so that failures shrink."""

    def __init__(self, draw: st.DrawFn, *, loops: bool) -> None:
        self.draw = draw
        self.loops = loops
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

    def body(self, entry: _Port, depth: int, size: int, heads: list[str]) -> list[_Port]:
        """Nodes behind a port; returns the ports from which it may go on."""
        pool = [entry]
        for _ in range(size):
            kind = self.draw(st.sampled_from(self._kinds(depth)))
            node = f"n{len(self.shapes)}"
            if kind == "circle":
                pool.append(self._circle(node, pool, depth, heads))
            elif kind == "loop":
                pool.append(self._loop(node, pool, depth, heads))
            else:
                pool.extend(self._node(node, kind, pool))
        return pool[1:] or pool

    def _kinds(self, depth: int) -> list[str]:
        plain = ["action", "action", "if", "if", "risky", "join", "join", "join3", "off"]
        return plain + (["loop", "circle"] if self.loops and depth < 3 else [])

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
def drawings(draw: st.DrawFn, *, loops: bool = False, order: str = "parallel") -> Drawing:
    """A workflow of up to some twenty nodes behind the trigger `t`."""
    sketch = _Sketch(draw, loops=loops)
    sketch.body(("t", "main"), 0, draw(st.integers(1, 9)), [])
    return Drawing(sketch.document(order), dict(sketch.shapes))


def in_order(drawing: Drawing, order: str) -> Drawing:
    """The same workflow with another order of execution."""
    settings = {**drawing.document["settings"], "order": order}
    return Drawing({**drawing.document, "settings": settings}, drawing.shapes, drawing.reads)
