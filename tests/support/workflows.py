"""Short ways to write workflow documents in tests."""

from __future__ import annotations

from itertools import pairwise
from typing import Any


def node(
    node_id: str, kind: str, params: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A node whose name is its id with a capital letter."""
    return {
        "id": node_id,
        "name": node_id.capitalize(),
        "type": kind,
        "version": 1,
        "position": [0, 0],
        "params": params or {},
        **more,
    }


def edge(text: str) -> dict[str, Any]:
    """`"a.true -> b"`: from port `true` of a to the main port of b; ports default to `main`."""
    source, target = (part.strip() for part in text.split("->"))
    node_out, _, port_out = source.partition(".")
    node_in, _, port_in = target.partition(".")
    return {"from": [node_out, port_out or "main"], "to": [node_in, port_in or "main"]}


def document(nodes: list[dict[str, Any]], *edges: str, **more: Any) -> dict[str, Any]:
    """A workflow document."""
    found = {
        "format": "headrace/1",
        "name": "Test",
        "nodes": nodes,
        "edges": [edge(one) for one in edges],
        "settings": {"timezone": "UTC"},
        **more,
    }
    for index, one in enumerate(found["nodes"]):
        if one["position"] == [0, 0]:
            one["position"] = [index * 280, 0]
    return found


def in_a_row(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """A workflow document in which each node feeds the next one."""
    return document(nodes, *(f"{one['id']} -> {then['id']}" for one, then in pairwise(nodes)))


def sets(name: str, value: Any, kind: str = "auto") -> dict[str, Any]:
    """Parameters of Edit Fields that set one field; text with braces is an expression."""
    if isinstance(value, str) and "{{" in value:
        value = {"=": value}
    return {"assignments": [{"name": name, "type": kind, "value": value}]}


def when(left: str, op: str, right: Any) -> dict[str, Any]:
    """Parameters of If, Filter and the like with one condition."""
    return {"conditions": {"all": [{"left": {"=": left}, "op": op, "right": right}]}}


MANUAL = node("start", "triggers.manual")
