"""Puts what the compiler found together into a graph: canonical order, nodes, plans of scopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from headrace.engine.cycles import preorder
from headrace.engine.graph import DONE_PORT, Edge, Graph, Node, NodeShape, Scope, ScopePlan
from headrace.engine.loops import Loops
from headrace.engine.rest import rests
from headrace.engine.scopes import Layout, Pair
from headrace.engine.settings import WorkflowSettings
from headrace.engine.wires import Drawing, Wire


def assemble(settings: WorkflowSettings, drawing: Drawing, layout: Layout) -> Graph:
    """The graph, but for its warnings and reads."""
    shapes = _Shapes(layout.loops)
    edges = _edges(layout, shapes)
    wired = _by_source(_without_dead_ends(edges, layout, shapes))
    entering: dict[str, list[Edge]] = {node: [] for node in layout.scopes}
    for edge in edges:
        if not edge.back:
            entering[edge.target].append(edge)
    after = _by_first(layout.lifted | layout.reads)
    readers = _by_first(layout.reads)
    far_readers = _by_first({(source, reader) for source, reader, _ in layout.far_reads})
    following = {node: [edge.target for edge in found] for node, found in wired.items()}
    rest = rests(following, layout.scopes, shapes.of)
    nodes = {
        node: shapes.node(
            node,
            scope=scope,
            out=_by_port(wired.get(node, ())),
            successors=after.get(node, ()),
            readers=readers.get(node, ()),
            far_readers=far_readers.get(node, ()),
            far_reads=_far_reads(layout, node),
            rest_of=rest.get(node, ()),
            inherits_via=len(entering[node]) == 1,
            wired_inputs=len({edge.input for edge in entering[node]}),
        )
        for node, scope in layout.scopes.items()
    }
    return Graph(
        nodes=nodes,
        scopes=_plans(layout),
        triggers=drawing.triggers,
        ranks={
            trigger: {node: rank for rank, node in enumerate(preorder(trigger, following))}
            for trigger in drawing.triggers
        },
        settings=settings,
    )


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Nodes of the drawing and virtual heads alike."""

    loops: Loops

    def of(self, node: str) -> NodeShape:
        """The node's ports. A virtual head hands every input of its entry on to it."""
        virtual_for = self.loops.virtual.get(node)
        if virtual_for is None:
            return self.loops.drawing.shapes[node]
        shape = self.loops.drawing.shapes[virtual_for]
        timeout_s = shape.join_timeout_s
        return NodeShape(
            shape.inputs, shape.inputs, shape.join, loop="while", join_timeout_s=timeout_s
        )

    def place(self, node: str) -> tuple[float, float, str]:
        """Where it stands on the canvas: rows first."""
        x, y = self.loops.drawn(node).position
        return y, x, node

    def node(self, node: str, **found: Any) -> Node:
        """The node, with what was found about its surroundings."""
        drawn = self.loops.drawn(node)
        shape = self.of(node)
        join = 1 if shape.join == "any" else shape.join
        return Node(
            id=node,
            name=drawn.name,
            shape=shape,
            settings=drawn.settings,
            join=None if drawn.disabled else join,
            is_disabled=self.is_disabled(node),
            is_virtual=node in self.loops.virtual,
            pass_port=self.pass_port(node),
            **found,
        )

    def is_disabled(self, node: str) -> bool:
        """Whether it only passes on what it gets. The head before a disabled node still turns."""
        return node not in self.loops.virtual and self.loops.drawn(node).disabled

    def pass_port(self, node: str) -> str | None:
        """Where a disabled node passes its input on."""
        shape = self.of(node)
        is_passed_on_when_done = shape.loop and shape.loop != "undo"
        return DONE_PORT if is_passed_on_when_done else next(iter(shape.outputs), None)


def _edges(layout: Layout, shapes: _Shapes) -> list[Edge]:
    """All edges in canonical order: by port, target's place, input, source's place."""
    loops = layout.loops

    def canonical(wire: Wire) -> tuple[object, ...]:
        return (
            shapes.of(wire.source).outputs.index(wire.port),
            shapes.place(wire.target),
            shapes.of(wire.target).inputs.index(wire.input),
            shapes.place(wire.source),
        )

    every = (wire for wires in loops.into.values() for wire in wires)
    seen: dict[str, int] = {}
    edges: list[Edge] = []
    for wire in sorted(every, key=canonical):
        ordinal = seen.get(wire.target, 0)
        seen[wire.target] = ordinal + 1
        back = wire in loops.back
        depth = len(layout.scopes[wire.target]) + back
        edges.append(Edge(*wire, ordinal=ordinal, depth=depth, back=back))
    return edges


def _without_dead_ends(edges: Iterable[Edge], layout: Layout, shapes: _Shapes) -> list[Edge]:
    """The edges along which a delivery can matter.

    A disabled node takes its first input only, and one after which nothing comes takes none: so
    the node before it counts as a leaf.
    """
    leaving = _by_source(edges)
    kept: dict[str, list[Edge]] = {}

    def matters(edge: Edge) -> bool:
        if edge.back or not shapes.is_disabled(edge.target):
            return True
        passes = shapes.pass_port(edge.target)
        is_first = edge.input == shapes.of(edge.target).inputs[0]
        return is_first and any(after.port == passes for after in kept[edge.target])

    for node in reversed(layout.scopes):
        kept[node] = [edge for edge in leaving.get(node, ()) if matters(edge)]
    return [edge for node in layout.scopes for edge in kept[node]]


def _far_reads(layout: Layout, node: str) -> tuple[tuple[int, str], ...]:
    found = sorted((depth, source) for source, reader, depth in layout.far_reads if reader == node)
    return tuple(found)


def _by_source(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge)
    return found


def _by_port(edges: Iterable[Edge]) -> Mapping[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.port, []).append(edge)
    return {port: tuple(leaving) for port, leaving in found.items()}


def _by_first(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for source, target in sorted(pairs):
        found.setdefault(source, []).append(target)
    return {source: tuple(targets) for source, targets in found.items()}


def _plans(layout: Layout) -> dict[Scope, ScopePlan]:
    members: dict[Scope, list[str]] = {(): []}
    for node, scope in layout.scopes.items():
        members.setdefault(scope, []).append(node)
        if layout.loops.is_head(node):
            members.setdefault((*scope, node), [])
    before = _count(layout.lifted | layout.reads)
    reads = _count(layout.reads)
    return {
        scope: ScopePlan(
            open_before={node: before.get(node, 0) for node in nodes},
            reads_before={node: reads[node] for node in nodes if node in reads},
            starts=tuple(node for node in nodes if node not in before),
        )
        for scope, nodes in members.items()
    }


def _count(pairs: Iterable[Pair]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, target in pairs:
        found[target] = found.get(target, 0) + 1
    return found
