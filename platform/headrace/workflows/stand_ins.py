"""Stands in for nodes whose package is missing here, so that a version can still be compiled.

Such a node takes what is wired to it and gives what is wired from it. It never does anything: its
step fails and says which package is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from headrace.catalog.queries import shapes_for
from headrace.engine import NodeShape
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
    into = {port: shapes.get(start[0]) for start, (end, port) in edges if end == node}
    out_of = {port: shapes.get(end[0]) for (start, port), end in edges if start == node}
    # A wire that carries a capability has a port of one at its other end, too.
    lent = {end[1]: start[1] for start, end in edges if end[0] == node} | {
        start[1]: end[1] for start, end in edges if start[0] == node
    }
    capabilities = {
        port
        for port, other in {**into, **out_of}.items()
        if other is not None and lent[port] in other.capabilities
    }
    return NodeShape(
        inputs=tuple(sorted(into.keys() - capabilities)),
        outputs=tuple(sorted(out_of.keys() - capabilities)),
        is_trigger=not into,
        capabilities=tuple(sorted(capabilities)),
    )
