"""The runs of a workflow without loops, worked out a second time by the letter of the rules."""

from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import zip_longest

from hypothesis import given

from headrace.engine import Graph, Node, RunStep
from tests.unit.engine.graphs import drawings
from tests.unit.engine.shell import Shell, lively

Via = tuple[int, ...]
Value = tuple[str, str, str]
Inputs = dict[str, Value]
Delivery = tuple[Via, str, Value]


def expected_runs(graph: Graph) -> dict[tuple[str, str], Inputs]:
    """Node by node, sources first: rules 3.3 and 3.5 over complete lists of deliveries."""
    runs: dict[tuple[str, str], Inputs] = {}
    deliveries: dict[str, list[Delivery]] = {node: [] for node in graph.nodes}
    for node in _sources_first(graph):
        for via, inputs in _runs_of(graph, node.id, deliveries[node.id]):
            text = f"0~{'.'.join(map(str, via))}" if any(via) else "0"
            if node.is_disabled:
                sent = {node.pass_port: next(iter(inputs.values()))}
            else:
                runs[node.id, text] = inputs
                sent = {port: (node.id, text, port) for port in _outputs(graph, node.id, text)}
            for edge in (edge for port in sent for edge in node.out.get(port, ())):
                target = graph.nodes[edge.target]
                keeps_via = target.inherits_via and target.join is None
                way = via if keeps_via else (edge.ordinal, *via)
                deliveries[edge.target].append((way, edge.input, sent[edge.port]))
    del runs["t", "0"]
    return runs


def _sources_first(graph: Graph) -> list[Node]:
    before = {node: set() for node in graph.nodes}
    for node in graph.nodes.values():
        for edge in (edge for ports in node.out.values() for edge in ports):
            before[edge.target].add(node.id)
    return [graph.nodes[node] for node in TopologicalSorter(before).static_order()]


def _runs_of(graph: Graph, node: str, deliveries: list[Delivery]) -> list[tuple[Via, Inputs]]:
    if node == "t":
        return [((), {})]
    if graph.nodes[node].join is None:
        return [(way, {port: value}) for way, port, value in deliveries]
    ports: dict[str, list[Value]] = {}
    for _, port, value in sorted(deliveries):
        ports.setdefault(port, []).append(value)
    return [
        ((number,), {port: value for port, value in zip(ports, values, strict=True) if value})
        for number, values in enumerate(zip_longest(*ports.values()))
    ]


def _outputs(graph: Graph, node: str, run: str) -> list[str]:
    """What `lively` sends in the end: it may fail and wait before."""
    if node == "t":
        return ["main"]
    last = lively(graph, RunStep(node, run, attempt=2, inputs=(), wake="nap"))
    return [port for port, items in last.outputs.items() if items]


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
