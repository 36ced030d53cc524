"""Warns where branches that are never merged make a node run very often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from headrace.engine.loops import Loops
from headrace.engine.problems import Findings
from headrace.engine.scopes import Layout
from headrace.engine.wires import Wire

_ENOUGH: Final = 10**9


def warn_of_many_runs(layout: Layout, limit: int, findings: Findings) -> None:
    """One warning for each node at which the number of runs per trigger passes `limit`.

    Loops count as one turn: their runs are wanted.
    """
    loops = layout.loops
    feeding: dict[str, list[Wire]] = {}
    for wire in loops.forward():
        feeding.setdefault(wire.target, []).append(wire)
    warned: dict[str, int] = {}
    for trigger in loops.drawing.triggers:
        runs = _runs(layout, feeding, trigger)
        for node, count in runs.items():
            sources = [wire.source for wire in feeding.get(node, ())]
            if count > limit and all(runs[source] <= limit for source in sources):
                warned.setdefault(node, count)
    for node, count in warned.items():
        times = "very often" if count == _ENOUGH else f"{count} times"
        message = f"{loops.names([node])} can run {times} per start: add a Merge before it."
        loops.report(findings, "many_runs", message, node, "warning")


def _runs(layout: Layout, feeding: Mapping[str, list[Wire]], trigger: str) -> dict[str, int]:
    runs: dict[str, int] = {}
    for node in layout.scopes:
        by_port: dict[str, int] = {}
        for wire in feeding.get(node, ()):
            sent = _deliveries(layout.loops, wire, runs)
            by_port[wire.input] = by_port.get(wire.input, 0) + sent
        joined = _is_join(layout.loops, node)
        count = max(by_port.values(), default=0) if joined else sum(by_port.values())
        runs[node] = 1 if node == trigger else min(count, _ENOUGH)
    return runs


def _deliveries(loops: Loops, wire: Wire, runs: Mapping[str, int]) -> int:
    return min(runs[wire.source], 1) if loops.enters_body(wire) else runs[wire.source]


def _is_join(loops: Loops, node: str) -> bool:
    return loops.drawing.shapes[loops.drawn(node).id].join is not None
