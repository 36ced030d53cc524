"""What the engine must know of each node of a document, from its type and stored parameters."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final

from headrace.catalog.specification import defaults
from headrace.catalog.types import Catalog
from headrace.engine import NodeShape, Socket
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import AnyNode, Port, PortsFrom, Trigger, is_attachable
from headrace_sdk.ports import resolve_ports

logger = logging.getLogger(__name__)

TOOL: Final = "tool"
"""The output by which an action is tied to an agent, though it does not declare it."""


def shapes_in(catalog: Catalog, document: Mapping[str, JsonValue]) -> dict[str, NodeShape | None]:
    """By node id; `None` where the type is unknown. What is no node is left out."""
    return {node_id: _shape(catalog, node) for node_id, node in _nodes(document)}


def stored_params(node_class: AnyNode, node: Mapping[str, JsonValue]) -> JsonObject:
    """A node's stored parameters, brought to the version of its class.

    Those that its `upgrade` cannot take stay as they are; the form then says what is wrong.
    """
    params = node.get("params")
    params = params if isinstance(params, dict) else {}
    version = node.get("version")
    if not isinstance(version, int) or version >= node_class.version:
        return params
    try:
        return node_class.upgrade(dict(params), version)
    except Exception:
        logger.exception("%s cannot upgrade from version %s.", node_class.type, version)
        return params


def _nodes(document: Mapping[str, JsonValue]) -> Iterator[tuple[str, JsonObject]]:
    nodes = document.get("nodes")
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict) and isinstance(node_id := node.get("id"), str):
            yield node_id, node


def _shape(catalog: Catalog, node: JsonObject) -> NodeShape | None:
    kind, version = node.get("type"), node.get("version")
    found = (
        catalog.find(kind, version if isinstance(version, int) else None)
        if isinstance(kind, str)
        else None
    )
    if found is None:
        return None
    params = defaults(found.Params) | stored_params(found, node)
    loop = found.loop_rule(params)
    return NodeShape(
        inputs=_main_ports(found.inputs, found.inputs_from, params),
        outputs=_main_ports(found.outputs, found.outputs_from, params),
        join=(joined := found.join_rule(params)).join,
        loop=loop.kind if loop else None,
        concurrency=loop.concurrency if loop else 1,
        on_body_error=loop.on_body_error if loop else "stop",
        catches=loop.catches if loop else (),
        undo_on_cancel=loop is not None and loop.undo_on_cancel,
        is_trigger=issubclass(found, Trigger),
        lends=_lent(found),
        takes=tuple(
            Socket(port.id, port.kind, port.required)
            for port in found.inputs
            if port.kind != "main"
        ),
        join_timeout_s=joined.timeout_s,
        cancel_rest=joined.cancel_rest,
    )


def _lent(node_class: AnyNode) -> tuple[tuple[str, str], ...]:
    declared = [(port.id, port.kind) for port in node_class.outputs if port.kind != "main"]
    return (*declared, (TOOL, TOOL)) if is_attachable(node_class) else tuple(declared)


def _main_ports(
    declared: tuple[Port, ...], rule: PortsFrom | None, params: Mapping[str, JsonValue]
) -> tuple[str, ...]:
    if rule is not None:
        return resolve_ports(rule, params)
    return tuple(port.id for port in declared if port.kind == "main")
