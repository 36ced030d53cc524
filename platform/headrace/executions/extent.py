"""Which nodes take part in a partial run, and a version cut down to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, cast
from uuid import UUID

from headrace.engine import LOOP_PORT, Graph, compile_graph
from headrace.tenants.context import current
from headrace.tenants.threads import in_thread
from headrace.workflows.compiled import CompiledWorkflow, acompiled, compiled
from headrace.workflows.stand_ins import shapes_to_run
from headrace.workflows.validation import reads
from headrace_sdk.items import JsonObject

REMEMBERED: Final = 64


def needed_for(workflow: CompiledWorkflow, targets: Collection[str]) -> frozenset[str]:
    """The targets and every node that they cannot do without.

    Of a loop over items only what stands before a target in the body is needed, unless the loop
    must come to its end; a `while` loop needs all that leads back, to know when it ends.
    """
    graph = workflow.graph
    into = _incoming(workflow)
    found: set[str] = set()
    whole: set[str] = set()
    ahead = [(node, True) for node in targets]
    while ahead:
        node, is_whole = ahead.pop()
        if node in whole or (node in found and not is_whole):
            continue
        found.add(node)
        planned = graph.nodes.get(node)
        is_items_head = planned is not None and planned.shape.loop == "items"
        if is_whole or not is_items_head:
            whole.add(node)
        for source, port, is_back in into.get(node, ()):
            if is_back and is_items_head and not is_whole:
                continue
            head = graph.nodes.get(source)
            by_body = head is not None and head.shape.loop == "items" and port == LOOP_PORT
            ahead.append((source, not by_body))
        ahead += [(read, True) for read in graph.reads.get(node, ())]
    return _drawn(found)


def after(workflow: CompiledWorkflow, sources: Iterable[str]) -> frozenset[str]:
    """The sources and everything that they lead to."""
    found: set[str] = set()
    ahead = list(sources)
    while ahead:
        node = ahead.pop()
        if node in found or node not in workflow.graph.nodes:
            continue
        found.add(node)
        planned = workflow.graph.nodes[node]
        ahead += [edge.target for edges in planned.out.values() for edge in edges]
        ahead += planned.readers
    return _drawn(found)


def _incoming(workflow: CompiledWorkflow) -> Mapping[str, list[tuple[str, str, bool]]]:
    """For each node: source, port and whether it is a way back to a loop's head."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for node in workflow.graph.nodes.values():
        for port, edges in node.out.items():
            for edge in edges:
                found.setdefault(edge.target, []).append((node.id, port, edge.back))
    known = {(source, port, node) for node, ways in found.items() for source, port, _ in ways}
    # Edges that carry no items lead from the tools and models of a node to the node.
    for edge in cast("list[Any]", workflow.record.document.get("edges") or []):
        (source, port), (target, _) = edge["from"], edge["to"]
        if target in workflow.graph.nodes and (source, port, target) not in known:
            found.setdefault(target, []).append((source, port, False))
    return found


def _drawn(nodes: Iterable[str]) -> frozenset[str]:
    """Without the heads that only the compiler knows."""
    return frozenset(node for node in nodes if not node.endswith("^"))


def cut_down(workflow: CompiledWorkflow, nodes: Collection[str]) -> CompiledWorkflow:
    """The version with a graph of these nodes only; names and parameters stay known."""
    document = workflow.record.document
    part: JsonObject = {
        **document,
        "nodes": [node for node in cast("list[Any]", document["nodes"]) if node["id"] in nodes],
        "edges": [
            edge
            for edge in cast("list[Any]", document.get("edges") or [])
            if edge["from"][0] in nodes and edge["to"][0] in nodes
        ],
    }
    graph: Graph = compile_graph(part, shapes_to_run(part), reads=reads(part))
    return replace(workflow, graph=graph)


async def part_of(version_id: UUID, start: Mapping[str, Any]) -> CompiledWorkflow:
    """The version that an execution runs, cut down if its beginning says so."""
    nodes = start.get("nodes")
    if nodes is None:
        return await acompiled(version_id)
    return await in_thread(_part, current().id, version_id, tuple(nodes))


@lru_cache(maxsize=REMEMBERED)
def _part(tenant: UUID, version_id: UUID, nodes: tuple[str, ...]) -> CompiledWorkflow:
    del tenant
    return cut_down(compiled(version_id), frozenset(nodes))
