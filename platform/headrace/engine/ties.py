"""Checks the wires that carry no items: they lend models, tools and the like to a node."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Final

from headrace.engine.cycles import cyclic_components
from headrace.engine.document import DocumentEdge, DocumentNode
from headrace.engine.graph import NodeShape, Tie
from headrace.engine.problems import Findings, listed

SEVERAL: Final = frozenset(("tool", "retriever"))
"""Kinds of which a node may use more than one by one port."""


def tie_of(
    edge: DocumentEdge, shapes: Mapping[str, NodeShape], findings: Findings
) -> tuple[Tie | None, bool]:
    """The tie that an edge stands for, if it is sound, and whether it is meant to be one."""
    source, target = shapes[edge.source], shapes[edge.target]
    lent = next((kind for port, kind in source.lends if port == edge.port), None)
    taken = next((socket.kind for socket in target.takes if socket.port == edge.input), None)
    if lent is None and taken is None:
        return None, False
    if lent is None or taken is None:
        message = "This wire ties a port for items to a port for a capability; delete it."
    elif lent != taken:
        message = f"This wire ties a {lent} to a port for a {taken}; delete it."
    else:
        return Tie(edge.source, edge.port, edge.target, edge.input, lent), True
    findings.add("port_kind", message, path=f"/edges/{edge.index}", edge=edge.index)
    return None, True


def check_ties(
    ties: Mapping[Tie, int],
    nodes: Mapping[str, DocumentNode],
    shapes: Mapping[str, NodeShape],
    in_flow: Collection[str],
    findings: Findings,
) -> None:
    """Ties are by edge index; `in_flow` are the nodes that items come to or go from."""
    for tie, index in ties.items():
        if tie.source in in_flow:
            message = (
                f'"{nodes[tie.source].name}" is lent to "{nodes[tie.target].name}" and stands in '
                "the flow of items as well; delete one of its wires."
            )
            where = f"/edges/{index}"
            findings.add("attached_in_flow", message, path=where, edge=index, node=tie.source)
    _refuse_crowds(ties, nodes, findings)
    _refuse_gaps(ties, nodes, shapes, findings)
    _refuse_circles(ties, nodes, findings)


def _refuse_crowds(
    ties: Mapping[Tie, int], nodes: Mapping[str, DocumentNode], findings: Findings
) -> None:
    by_socket = sorted(ties, key=lambda tie: (tie.target, tie.input))
    for _, found in groupby(by_socket, lambda tie: (tie.target, tie.input)):
        for tie in [*found][1:]:
            if tie.kind not in SEVERAL:
                message = f'"{nodes[tie.target].name}" takes one {tie.kind} only; delete a wire.'
                where = f"/edges/{ties[tie]}"
                findings.add("port_taken", message, path=where, edge=ties[tie], node=tie.target)


def _refuse_gaps(
    ties: Mapping[Tie, int],
    nodes: Mapping[str, DocumentNode],
    shapes: Mapping[str, NodeShape],
    findings: Findings,
) -> None:
    tied = {(tie.target, tie.input) for tie in ties}
    for node in nodes.values():
        for socket in shapes[node.id].takes:
            if socket.required and (node.id, socket.port) not in tied:
                message = f'"{node.name}" needs a {socket.kind}: tie one to it.'
                where = f"/nodes/{node.index}"
                findings.add("port_required", message, path=where, node=node.id)


def _refuse_circles(
    ties: Mapping[Tie, int], nodes: Mapping[str, DocumentNode], findings: Findings
) -> None:
    following: dict[str, list[str]] = {}
    for tie in ties:
        following.setdefault(tie.source, []).append(tie.target)
    for circle in cyclic_components([*nodes], following):
        names = listed([nodes[node].name for node in circle])
        index = next(index for tie, index in ties.items() if tie.source in circle)
        message = f"These nodes are lent to one another in a circle: {names}; delete a wire."
        where = f"/edges/{index}"
        findings.add("tie_circle", message, path=where, edge=index, node=circle[0])
