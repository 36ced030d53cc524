"""Finds cycles: depth-first search and strongly connected components, without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Successors = Mapping[str, Sequence[str]]


def finishing_order(starts: Iterable[str], successors: Successors) -> Iterator[tuple[str, str]]:
    """Every node that can be reached, when all beyond it are done, with the start it came from."""
    seen: set[str] = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        trail = [(start, iter(successors.get(start, ())))]
        while trail:
            node, rest = trail[-1]
            unseen = next((other for other in rest if other not in seen), None)
            if unseen is None:
                trail.pop()
                yield node, start
            else:
                seen.add(unseen)
                trail.append((unseen, iter(successors.get(unseen, ()))))


def components(nodes: Sequence[str], successors: Successors) -> list[list[str]]:
    """Strongly connected components, by the algorithm of Kosaraju and Sharir (1981)."""
    reverse: dict[str, list[str]] = {node: [] for node in nodes}
    for node in nodes:
        for other in successors.get(node, ()):
            reverse[other].append(node)
    finished = [node for node, _ in finishing_order(nodes, successors)]
    found: dict[str, list[str]] = {}
    for node, start in finishing_order(reversed(finished), reverse):
        found.setdefault(start, []).append(node)
    return list(found.values())


def cyclic_components(nodes: Sequence[str], successors: Successors) -> list[list[str]]:
    """The components that hold a cycle: several nodes, or one with a wire to itself.

    Members, and components by their first member, stand in the order of `nodes`.
    """
    place = {node: index for index, node in enumerate(nodes)}
    found = [
        sorted(component, key=place.__getitem__)
        for component in components(nodes, successors)
        if len(component) > 1 or component[0] in successors.get(component[0], ())
    ]
    return sorted(found, key=lambda component: place[component[0]])


def topological(nodes: Sequence[str], successors: Successors) -> list[str]:
    """Sources first. The graph must be acyclic."""
    return [node for node, _ in finishing_order(nodes, successors)][::-1]


def reachable(starts: Iterable[str], successors: Successors) -> set[str]:
    """The starts and all that can be reached from them."""
    return {node for node, _ in finishing_order(starts, successors)}


def preorder(start: str, successors: Successors) -> list[str]:
    """Depth first from `start`, every node when it is first met."""
    met: dict[str, None] = {}
    ahead = [start]
    while ahead:
        node = ahead.pop()
        if node not in met:
            met[node] = None
            ahead.extend(reversed(successors.get(node, ())))
    return list(met)
