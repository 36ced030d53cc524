"""Parameters that are left to a model: only where there is one, and only where that is safe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from headrace.catalog.model_fills import MarkedPlace, field_of, marked_places
from headrace.catalog.queries import catalog, shapes_for, stored_params
from headrace.engine import NodeShape, Problem
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import AnyNode

TOOL: Final = "tool"


def model_fill_problems(document: JsonObject) -> Iterator[Problem]:
    """Every marker that cannot be filled in."""
    shapes = shapes_for(document)
    tools = lent_as_tools(document, shapes)
    for index, node in enumerate(cast("list[JsonObject]", document.get("nodes") or [])):
        node_class = catalog().find(str(node.get("type")))
        if node_class is None:
            continue
        for place in marked_places(stored_params(node_class, node)):
            found = _fault(node_class, place, is_tool=node.get("id") in tools)
            if found is not None:
                path = "".join(f"/{step}" for step in place.path)
                where = f"/nodes/{index}/params{path}"
                yield Problem(*found, node=cast("str", node["id"]), path=where)


def lent_as_tools(
    document: Mapping[str, JsonValue], shapes: Mapping[str, NodeShape | None]
) -> frozenset[str]:
    """The nodes that an agent may call."""
    edges = cast("list[Any]", document.get("edges") or [])
    ends = [(edge["from"], edge["to"]) for edge in edges]
    return frozenset(
        source[0]
        for source, target in ends
        if (TOOL in _kinds_lent(shapes.get(source[0]), source[1]))
        and (TOOL in _kinds_taken(shapes.get(target[0]), target[1]))
    )


def _kinds_lent(shape: NodeShape | None, port: str) -> set[str]:
    return {kind for name, kind in shape.lends if name == port} if shape is not None else set()


def _kinds_taken(shape: NodeShape | None, port: str) -> set[str]:
    return {one.kind for one in shape.takes if one.port == port} if shape is not None else set()


def _fault(node_class: AnyNode, place: MarkedPlace, *, is_tool: bool) -> tuple[str, str] | None:
    if not is_tool:
        message = "Only a model that calls this node as a tool could fill this in. Give a value."
        return "model_fill_unattached", message
    if not place.is_sound:
        message = 'Behind "model" stand a text "description" and, if you like, an object "schema".'
        return "invalid_expression_marker", message
    hints: Any = field_of(node_class, place.path[:1]).get("x-ui") or {}
    if hints.get("secret") or hints.get("expression") is False:
        message = "This may not be left to a model. Give a value."
        return "model_fill_refused", message
    return None
