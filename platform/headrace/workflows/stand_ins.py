"""Stands in for nodes whose package is missing here, so that a version can still be compiled.

Such a node takes what is wired to it and gives what is wired from it. It never does anything: its
step fails and says which package is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from headrace.catalog.queries import shapes_for
from headrace.engine import NodeShape, Socket
from headrace_sdk.items import JsonValue


def shapes_to_run(document: Mapping[str, JsonValue]) -> Mapping[str, NodeShape | None]:
    """The shape of every node, as far as the wires tell where its type is not installed."""
    shapes = shapes_for(document)
    missing = [node for node, shape in shapes.items() if shape is None]
    return shapes | {node: _drawn(node, document, shapes) for node in missing}


def _drawn(
    node: str, document: Mapping[str, JsonValue], shapes: Mapping[str, NodeShape | None]
) -> NodeShape:
    edges = [(edge["from"], edge["to"]) for edge in cast("list[Any]", document.get("edges") or [])]
    into = {port for _, (end, port) in edges if end == node}
    out_of = {port for (start, port), _ in edges if start == node}
    # A tie has a port of its kind at its other end, too.
    taken = {
        end[1]: kind
        for start, end in edges
        if end[0] == node and (kind := dict(_lends(shapes.get(start[0]))).get(start[1]))
    }
    lent = {
        start[1]: kind
        for start, end in edges
        if start[0] == node and (kind := _takes(shapes.get(end[0])).get(end[1]))
    }
    return NodeShape(
        inputs=tuple(sorted(into - taken.keys())),
        outputs=tuple(sorted(out_of - lent.keys())),
        is_trigger=not into and not lent,
        lends=tuple(sorted(lent.items())),
        takes=tuple(Socket(port, kind) for port, kind in sorted(taken.items())),
    )


def _lends(shape: NodeShape | None) -> tuple[tuple[str, str], ...]:
    return shape.lends if shape is not None else ()


def _takes(shape: NodeShape | None) -> dict[str, str]:
    return {socket.port: socket.kind for socket in shape.takes} if shape is not None else {}
