"""The order in which runs start: canonical in parallel order, a stack in sequential order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from headrace.engine.graph import Graph
from headrace.engine.state import Ready, Run, State


def entry(graph: Graph, state: State, run: Run) -> Ready:
    """A run's place among those that are ready."""
    node, tag, via = run.key
    return graph.ranks[state.trigger][node], tag, via, run.id


def put(graph: Graph, state: State, new: Sequence[Ready]) -> None:
    """Line up the runs that one event made ready.

    In sequential order the first of them goes on top of the stack, but a join that lacks a port
    below everything else of its scope.
    """
    if graph.settings.order == "parallel":
        for run in new:
            insort(state.ready, run)
        return
    late = [run for run in new if _lacks_port(graph, state, run)]
    state.ready.extend(sorted((run for run in new if run not in late), reverse=True))
    for run in sorted(late):
        state.ready.insert(_bottom(state.ready, run), run)


def put_first(graph: Graph, state: State, run: Run) -> None:
    """Line up a run that goes on after a pause or a wait: in sequential order it comes first."""
    if graph.settings.order == "parallel":
        insort(state.ready, entry(graph, state, run))
    else:
        state.ready.append(entry(graph, state, run))


def take(graph: Graph, state: State, run: Run) -> None:
    """Take a run out of the line."""
    place = entry(graph, state, run)
    if graph.settings.order == "parallel":
        del state.ready[bisect_left(state.ready, place)]
    else:
        state.ready.remove(place)


def _lacks_port(graph: Graph, state: State, run: Ready) -> bool:
    id_ = run[-1]
    node = graph.nodes[id_.node]
    return node.join is not None and len(state.runs[id_].inputs) < node.wired_inputs


def _bottom(stack: Sequence[Ready], run: Ready) -> int:
    """Below all that runs in the same scope or in loops within it."""
    tag = run[1]
    place = len(stack)
    while place and stack[place - 1][1][: len(tag)] == tag:
        place -= 1
    return place
