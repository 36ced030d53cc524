"""What the engine's rules cost by themselves: no database, no network, no items.

`pure` decides what is pending and takes in its completion; `log` also writes every event as JSON
and folds a second state from what it reads back. Both should stay the same however long a workflow
or a loop is, and so should the size of the stored state.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import orjson

from headrace.engine import (
    Event,
    Graph,
    NodeShape,
    RunStep,
    State,
    StepCompleted,
    UsePin,
    WorkflowStarted,
    advance,
    compile_graph,
    event_from_json,
    event_to_json,
    initial_state,
    pending,
    state_to_json,
)

NODES: Final = (10, 100, 1_000)
TURNS: Final = (100, 1_000, 10_000, 100_000)
RUNS_AT_LEAST: Final = 3_000
"""Short workflows are run so often that a measurement has that many runs."""

_TRIGGER: Final = NodeShape((), ("main",), is_trigger=True)
_ACTION: Final = NodeShape(("main",), ("main",))
_MERGE: Final = NodeShape(("main", "other"), ("main",), join="all")
_LOOP: Final = NodeShape(("main",), ("loop", "done"), loop="items")


@dataclass(frozen=True)
class Cost:
    """Of one workflow of a size: microseconds of processor time for each run of a node."""

    shape: str
    size: int
    pure_us: float
    log_us: float
    state_bytes: int


def measure(*, quick: bool = False) -> list[Cost]:
    """Every shape in every size, about a minute; a few seconds if `quick`."""
    turns = TURNS[:-1] if quick else TURNS
    drawn = [("chain", size, _chain(size)) for size in NODES]
    drawn += [("diamonds", size, _diamonds(size)) for size in NODES]
    loop = _loop()
    return [
        *(_cost(shape, size, graph, 1) for shape, size, graph in drawn),
        *(_cost("loop", size, loop, size) for size in turns),
    ]


def table(costs: list[Cost]) -> str:
    """For people, with how much more the largest costs for each run than the smallest."""
    lines = [f"{'engine':<10} {'size':>8} {'pure us':>9} {'log us':>9} {'state bytes':>12}"]
    lines += [
        f"{c.shape:<10} {c.size:>8,} {c.pure_us:>9.1f} {c.log_us:>9.1f} {c.state_bytes:>12,}"
        for c in costs
    ]
    for shape in dict.fromkeys(cost.shape for cost in costs):
        same = [cost for cost in costs if cost.shape == shape]
        pure, log = same[-1].pure_us / same[0].pure_us, same[-1].log_us / same[0].log_us
        times = f"{same[0].size:,} -> {same[-1].size:,}"
        lines.append(f"{shape:<10} {times}: a run costs x {pure:.2f} pure, x {log:.2f} with log")
    return "\n".join(lines)


def figures(costs: list[Cost]) -> dict[str, tuple[float, str]]:
    """For programs."""
    return {
        f"engine.{c.shape}-{c.size}.{what}": (value, "us")
        for c in costs
        for what, value in (("pure", c.pure_us), ("log", c.log_us))
    }


def _cost(shape: str, size: int, graph: Graph, items: int) -> Cost:
    runs, log_s, state = 0, 0.0, None
    pure_s = 0.0
    while runs < RUNS_AT_LEAST:
        began = time.process_time()
        events = list(_run(graph, items))
        pure_s += time.process_time() - began
        runs += len(events) - 1
        began = time.process_time()
        state = _fold(graph, events)
        log_s += time.process_time() - began
    assert state is not None
    stored = len(orjson.dumps(state_to_json(state)))
    return Cost(shape, size, pure_s / runs * 1e6, (pure_s + log_s) / runs * 1e6, stored)


def _run(graph: Graph, items: int) -> Iterator[Event]:
    """The events of a whole execution, each decided from the state after the one before."""
    first: Event = WorkflowStarted("t", {"main": 1})
    state = advance(graph, initial_state(graph, "t"), first)
    yield first
    while isinstance(step := pending(graph, state)[0], RunStep | UsePin):
        port = "loop" if graph.nodes[step.node].shape.loop else "main"
        count = items if port == "loop" else 1
        event = StepCompleted(step.node, step.run, step.attempt, {port: count})
        state = advance(graph, state, event)
        yield event


def _fold(graph: Graph, events: list[Event]) -> State:
    state = initial_state(graph, "t")
    for event in events:
        stored = orjson.dumps(event_to_json(event))
        state = advance(graph, state, event_from_json(event.type, orjson.loads(stored)))
    return state


def _chain(nodes: int) -> Graph:
    names = ["t", *(f"n{index}" for index in range(nodes - 1))]
    return _graph(names, [(a, "main", b, "main") for a, b in pairwise(names)])


def _diamonds(nodes: int) -> Graph:
    """Two branches and their Merge, again and again."""
    names, wires, last = ["t"], [], "t"
    while len(names) + 3 <= nodes:
        left, right, merge = (f"{kind}{len(names)}" for kind in ("left", "right", "merge"))
        names += [left, right, merge]
        wires += [(last, "main", left, "main"), (last, "main", right, "main")]
        wires += [(left, "main", merge, "main"), (right, "main", merge, "other")]
        last = merge
    return _graph(names, wires)


def _loop() -> Graph:
    ways = [
        ("t", "main", "loop", "main"),
        ("loop", "loop", "a", "main"),
        ("a", "main", "b", "main"),
    ]
    ways += [("b", "main", "loop", "main"), ("loop", "done", "z", "main")]
    return _graph(["t", "loop", "a", "b", "z"], ways)


def _graph(names: list[str], wires: list[tuple[str, str, str, str]]) -> Graph:
    shapes = {"t": _TRIGGER, "loop": _LOOP}
    document: dict[str, Any] = {
        "format": "headrace/1",
        "nodes": [
            {"id": name, "name": name, "type": "bench", "position": [0, row]}
            for row, name in enumerate(names)
        ],
        "edges": [{"from": [a, port], "to": [b, input_]} for a, port, b, input_ in wires],
    }
    kinds = {name: _MERGE if name.startswith("merge") else _ACTION for name in names}
    return compile_graph(document, {**kinds, **{n: s for n, s in shapes.items() if n in kinds}})
