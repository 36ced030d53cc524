"""Checks the wires of a document against the ports of its nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from headrace.engine.document import Document, DocumentEdge, DocumentNode, pointer
from headrace.engine.graph import ERROR_PORT, NodeShape, Tie
from headrace.engine.problems import Findings
from headrace.engine.ties import check_ties, tie_of


class Wire(NamedTuple):
    """A connection that carries items."""

    source: str
    port: str
    target: str
    input: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The nodes of known types, in the document's order, and the sound wires between them.

    `ties` are those that carry no items.
    """

    nodes: Mapping[str, DocumentNode]
    shapes: Mapping[str, NodeShape]
    wires: tuple[Wire, ...]
    ties: tuple[Tie, ...] = ()

    @property
    def triggers(self) -> tuple[str, ...]:
        """The triggers that may fire."""
        return tuple(
            node.id
            for node in self.nodes.values()
            if self.shapes[node.id].is_trigger and not node.disabled
        )


def connect(
    document: Document, shapes: Mapping[str, NodeShape | None], findings: Findings
) -> Drawing:
    """Match nodes with their shapes and edges with ports; what does not fit is noted."""
    known = _known(document, shapes, findings)
    every = {node.id: node for node in document.nodes}
    wires: dict[Wire, int] = {}
    ties: dict[Tie, int] = {}
    for edge in document.edges:
        if not _ends_exist(edge, every, findings):
            continue
        if edge.source not in known or edge.target not in known:
            continue
        wire = Wire(edge.source, edge.port, edge.target, edge.input)
        tie, is_tie = tie_of(edge, known, findings)
        first = wires.get(wire) if tie is None else ties.get(tie)
        if first is not None:
            message = f"This wire is drawn twice (see edge {first}); delete one of them."
            _note(findings, "duplicate_edge", message, edge)
        elif tie is not None:
            ties[tie] = edge.index
        elif not is_tie and _fits(edge, every, known, findings):
            wires[wire] = edge.index
    nodes = {name: node for name, node in every.items() if name in known}
    drawing = Drawing(nodes, known, tuple(wires), tuple(ties))
    in_flow = {end for wire in wires for end in (wire.source, wire.target)}
    check_ties(ties, nodes, known, in_flow, findings)
    _check_triggers(document, shapes, drawing, findings)
    _check_pins(document, every, known, findings)
    return drawing


def _known(
    document: Document, shapes: Mapping[str, NodeShape | None], findings: Findings
) -> dict[str, NodeShape]:
    known: dict[str, NodeShape] = {}
    for node in document.nodes:
        shape = shapes.get(node.id)
        if shape is None:
            message = (
                f'The type of "{node.name}" is not installed: install its plugin or replace it.'
            )
            path = f"/nodes/{node.index}/type"
            findings.add("unknown_type", message, path=path, node=node.id)
        elif node.settings.on_error == "error_port" and ERROR_PORT not in shape.outputs:
            known[node.id] = replace(shape, outputs=(*shape.outputs, ERROR_PORT))
        else:
            known[node.id] = shape
    return known


def _ends_exist(edge: DocumentEdge, nodes: Mapping[str, DocumentNode], findings: Findings) -> bool:
    missing = [end for end in (edge.source, edge.target) if end not in nodes]
    for end in missing:
        message = f'A wire is tied to the node "{end}", which is not there; delete the wire.'
        _note(findings, "dangling_edge", message, edge)
    return not missing


def _fits(
    edge: DocumentEdge,
    nodes: Mapping[str, DocumentNode],
    shapes: Mapping[str, NodeShape],
    findings: Findings,
) -> bool:
    """Whether items can flow along it."""
    source, target = shapes[edge.source], shapes[edge.target]
    giver, taker = nodes[edge.source], nodes[edge.target]
    leaves = _has_port(edge, giver, findings, side="out", port=edge.port, ports=source.outputs)
    if target.is_trigger:
        message = f'"{taker.name}" is a trigger and takes no input; delete the wire.'
        _note(findings, "edge_into_trigger", message, edge)
        return False
    arrives = _has_port(edge, taker, findings, side="in", port=edge.input, ports=target.inputs)
    return leaves and arrives


def _has_port(
    edge: DocumentEdge,
    node: DocumentNode,
    findings: Findings,
    *,
    side: str,
    port: str,
    ports: tuple[str, ...],
) -> bool:
    if port in ports:
        return True
    offered = ", ".join(ports) or "none"
    advice = f"it has: {offered}"
    if port == ERROR_PORT and side == "out":
        advice = 'set "On error" to "error port" to open it'
    message = f'"{node.name}" has no {side}put "{port}"; {advice}.'
    _note(findings, "unknown_port", message, edge, node=node.id)
    return False


def _note(
    findings: Findings, code: str, message: str, edge: DocumentEdge, node: str | None = None
) -> None:
    findings.add(code, message, path=f"/edges/{edge.index}", edge=edge.index, node=node)


def _check_triggers(
    document: Document,
    shapes: Mapping[str, NodeShape | None],
    drawing: Drawing,
    findings: Findings,
) -> None:
    if not document.nodes:
        findings.add("empty_graph", "The workflow is empty: add a trigger.", path="/nodes")
        return
    might_be_one = any(shapes.get(node.id) is None for node in document.nodes)
    if not drawing.triggers and not might_be_one:
        message = "Nothing can start this workflow: add a trigger, or enable the one it has."
        findings.add("no_trigger", message, path="/nodes")


def _check_pins(
    document: Document,
    nodes: Mapping[str, DocumentNode],
    shapes: Mapping[str, NodeShape],
    findings: Findings,
) -> None:
    for pinned in document.pinned:
        path = f"/pins/{pointer(pinned)}"
        if pinned not in nodes:
            message = f'Items are pinned to the node "{pinned}", which is not there.'
            findings.add("unknown_pin", message, path=path, severity="warning")
        elif pinned in shapes and shapes[pinned].loop is not None:
            message = f'"{nodes[pinned].name}" is a loop and cannot be pinned; remove the pin.'
            findings.add("pinned_loop", message, path=path, node=pinned)
