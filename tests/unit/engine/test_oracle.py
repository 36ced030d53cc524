"""The runs of a workflow without loops, worked out a second time by the letter of the rules."""

from __future__ import annotations

from itertools import zip_longest

from hypothesis import given

from headrace.engine import Graph, RunStep, StepFailed, StepWaiting
from headrace.engine.events import StepCompleted
from tests.unit.engine.graphs import drawings
from tests.unit.engine.shell import Shell, done, lively

Key = tuple[int, ...]
Value = tuple[str, str, str]
Inputs = dict[str, Value]


def expected_runs(graph: Graph) -> dict[tuple[str, str], Inputs]:
    """Node by node, sources first: rules 3.3 and 3.5 over complete lists of deliveries."""
    runs: dict[tuple[str, str], Inputs] = {}
    deliveries: dict[str, list[tuple[Key, str, Value]]] = {node: [] for node in graph.nodes}
    waiting = dict.fromkeys(graph.nodes, 0)
    edges = [edge for node in graph.nodes.values() for ports in node.out.values() for edge in ports]
    for edge in edges:
        waiting[edge.target] += 1
    free = [node for node, count in waiting.items() if not count]
    while free:
        node = graph.nodes[free.pop()]
        for via, inputs in _runs_of(graph, node.id, deliveries[node.id]):
            value = next(iter(inputs.values()), ("t", "0", "main"))
            if node.is_disabled:
                outputs = {node.pass_port: value}
            else:
                text = "~".join(["0", *([".".join(map(str, via))] if any(via) else [])])
                if node.id != "t":
                    runs[node.id, text] = inputs
                outputs = {port: (node.id, text, port) for port in _outputs(graph, node.id, text)}
            for edge in (edge for port in outputs for edge in node.out.get(port, ())):
                key = (edge.ordinal, *via)
                if not (graph.nodes[edge.target].join or _is_only_way(graph, edge)):
                    deliveries[edge.target].append((key, edge.input, outputs[edge.port]))
                elif graph.nodes[edge.target].join:
                    deliveries[edge.target].append((key, edge.input, outputs[edge.port]))
                else:
                    deliveries[edge.target].append((via, edge.input, outputs[edge.port]))
        for edge in (edge for ports in node.out.values() for edge in ports):
            waiting[edge.target] -= 1
            if not waiting[edge.target]:
                free.append(edge.target)
    return runs


def _runs_of(graph: Graph, node: str, deliveries: list[tuple[Key, str, Value]]):
    if node == "t":
        return [((), {})]
    if graph.nodes[node].join is None:
        return [(key, {port: value}) for key, port, value in deliveries]
    ports: dict[str, list[Value]] = {}
    for _, port, value in sorted(deliveries):
        ports.setdefault(port, []).append(value)
    rounds = enumerate(zip_longest(*ports.values()))
    return [
        ((number,), {port: value for port, value in zip(ports, values, strict=True) if value})
        for number, values in rounds
    ]


def _is_only_way(graph: Graph, edge) -> bool:
    return graph.nodes[edge.target].inherits_via


def _outputs(graph: Graph, node: str, run: str) -> list[str]:
    """What `lively` sends in the end: it may fail and wait before."""
    if node == "t":
        return ["main"]
    step = RunStep(node, run, 2, (), wake="nap")
    event = lively(graph, step)
    assert not isinstance(event, StepWaiting)
    outputs = event.outputs if isinstance(event, StepFailed | StepCompleted) else None
    return [port for port, items in (outputs or {}).items() if items]


@given(drawings())
def test_a_workflow_without_loops_runs_as_the_rules_say(drawing):
    graph = drawing.graph()

    shell = Shell(graph, behave=lively).start().run()

    got = {
        (id_.node, id_.run): {
            port: (source.node, source.run, source.port) for port, (source,) in inputs
        }
        for id_, inputs in shell.inputs.items()
    }
    assert got == expected_runs(graph)


def test_the_oracle_knows_a_join():
    assert done is not None
