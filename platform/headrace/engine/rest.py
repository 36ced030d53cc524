"""What is left over when a join does not wait for everything: runs that nobody needs any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from headrace.engine.cycles import reachable
from headrace.engine.graph import Graph, NodeShape, Scope
from headrace.engine.run_key import RunKey
from headrace.engine.state import State


def rests(
    following: Mapping[str, Sequence[str]],
    scopes: Mapping[str, Scope],
    shape_of: Callable[[str], NodeShape],
) -> dict[str, tuple[tuple[int, str], ...]]:
    """By node: the joins with `cancel_rest` that every way from it leads to, and to nothing else.

    With each stands the depth of its scope, which is around the node's own.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for join, scope in scopes.items():
        if shape_of(join).cancel_rest:
            for node in _feeders(join, following):
                if scopes[node][: len(scope)] == scope and not shape_of(node).is_trigger:
                    found.setdefault(node, []).append((len(scope), join))
    return {node: tuple(joins) for node, joins in found.items()}


def _feeders(join: str, following: Mapping[str, Sequence[str]]) -> set[str]:
    """Start with all that lead there, and take away, again and again, what also leads elsewhere."""
    before: dict[str, list[str]] = {}
    for node, targets in following.items():
        for target in targets:
            before.setdefault(target, []).append(node)
    feeders = reachable([join], before) - {join}
    astray = [
        node
        for node in feeders
        if any(target != join and target not in feeders for target in following[node])
    ]
    while astray:
        node = astray.pop()
        if node in feeders:
            feeders.remove(node)
            astray.extend(other for other in before.get(node, ()) if other in feeders)
    return feeders


def is_unwanted(graph: Graph, state: State, key: RunKey) -> bool:
    """Whether a join has all it needs, and the run could only have served that join."""
    return any(
        (scope := state.scopes.get(key.tag[:depth])) is not None and join in scope.fired
        for depth, join in graph.nodes[key.node].rest_of
    )
