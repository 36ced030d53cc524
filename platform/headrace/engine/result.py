"""The result of an execution: that of its last leaf, whichever ended first."""

from __future__ import annotations

from headrace.engine.graph import Graph
from headrace.engine.references import Source
from headrace.engine.state import Leaf, State


def result(graph: Graph, state: State) -> tuple[Source, ...]:
    """The items of the last leaf in canonical order among those that ran.

    A leaf is a node whose items went nowhere further; if everything was filtered out on the way,
    it is the last node that let nothing through, and the result is empty.
    """
    ranks = graph.ranks[state.trigger]
    last = max(
        state.leaves.items(), key=lambda found: (found[1].has_items, ranks[found[0]]), default=None
    )
    return _sources(graph, *last) if last else ()


def leaves(graph: Graph, state: State) -> dict[str, tuple[Source, ...]]:
    """The items of every leaf by node, each of its last run, in canonical order."""
    ranks = graph.ranks[state.trigger]
    return {
        node: _sources(graph, node, leaf)
        for node, leaf in sorted(state.leaves.items(), key=lambda found: ranks[found[0]])
        if leaf.has_items
    }


def _sources(graph: Graph, node: str, leaf: Leaf) -> tuple[Source, ...]:
    return tuple(
        Source(node, leaf.run, port, leaf.outputs[port])
        for port in dict.fromkeys((*graph.nodes[node].shape.outputs, *leaf.outputs))
        if leaf.outputs.get(port)
    )
