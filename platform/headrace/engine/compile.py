"""Turns a workflow document into a graph that can run, or tells everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from headrace.engine.assemble import assemble
from headrace.engine.cycles import reachable
from headrace.engine.document import Document, read_document
from headrace.engine.graph import Graph, NodeShape, Tie
from headrace.engine.loops import find_loops
from headrace.engine.multiplicity import warn_of_many_runs
from headrace.engine.problems import Findings, InvalidGraph, Problem
from headrace.engine.scopes import lay_out
from headrace.engine.settings import Limits
from headrace.engine.wires import Drawing, connect

Shapes = Mapping[str, NodeShape | None]
Reads = Mapping[str, frozenset[str]]
_NO_READS: Final[Reads] = {}
_LIMITS: Final = Limits()


def check_graph(
    document: object,
    shapes: Shapes,
    *,
    reads: Reads = _NO_READS,
    limits: Limits = _LIMITS,
) -> tuple[Problem, ...]:
    """Every problem of a document, which may be any JSON.

    `shapes` has an entry by node id, `None` for an unknown type. `reads` names, by node id, the
    nodes that its expressions mention.
    """
    return _compile(document, shapes, reads, limits)[1]


def compile_graph(
    document: object,
    shapes: Shapes,
    *,
    reads: Reads = _NO_READS,
    limits: Limits = _LIMITS,
) -> Graph:
    """The graph of a document; arguments as for `check_graph`.

    Raises:
        InvalidGraph: with every problem found.
    """
    graph, problems = _compile(document, shapes, reads, limits)
    if graph is None:
        raise InvalidGraph(problems)
    return graph


def _compile(
    source: object, shapes: Shapes, reads: Reads, limits: Limits
) -> tuple[Graph | None, tuple[Problem, ...]]:
    findings = Findings()
    document = read_document(source, limits, findings)
    if document is None:
        return None, tuple(findings)
    drawing = connect(document, shapes, findings)
    loops = find_loops(drawing, findings)
    foreign = _foreign_reads(document, drawing, reads)
    layout = loops and lay_out(loops, foreign, findings)
    if layout:
        warn_of_many_runs(layout, limits.runs_without_loop, findings)
    if not layout or findings.has_errors:
        return None, tuple(findings)
    graph = assemble(document.settings, drawing, layout)
    ties = _by_user(drawing)
    return replace(graph, ties=ties, reads=foreign, warnings=tuple(findings)), tuple(findings)


def _by_user(drawing: Drawing) -> Mapping[str, tuple[Tie, ...]]:
    """What each node uses; a disabled node lends nothing."""
    found: dict[str, tuple[Tie, ...]] = {}
    for tie in drawing.ties:
        if not drawing.nodes[tie.source].disabled:
            found[tie.target] = (*found.get(tie.target, ()), tie)
    return found


def _with_lent(drawing: Drawing, reads: Reads) -> Reads:
    """Reads, with those of a node that is lent told of whoever uses it, however far away."""
    users: dict[str, list[str]] = {}
    for tie in drawing.ties:
        users.setdefault(tie.source, []).append(tie.target)
    found: dict[str, frozenset[str]] = {}
    for reader, names in reads.items():
        for user in reachable([reader], users) - users.keys():
            found[user] = found.get(user, frozenset()) | names
    return found


def _foreign_reads(document: Document, drawing: Drawing, reads: Reads) -> Reads:
    """Reads, by ids, of nodes from which no wire leads to the reader. Names unknown are left out.

    Sequential order settles by itself what such an expression sees.
    """
    if document.settings.order == "sequential":
        return {}
    ids = {node.name: node.id for node in drawing.nodes.values()}
    predecessors: dict[str, list[str]] = {}
    for wire in drawing.wires:
        predecessors.setdefault(wire.target, []).append(wire.source)
    found: dict[str, frozenset[str]] = {}
    lent = {tie.source for tie in drawing.ties}
    for reader, names in _with_lent(drawing, reads).items():
        read = {ids[name] for name in names if name in ids} - lent
        if reader not in drawing.nodes or not read or drawing.nodes[reader].disabled:
            continue
        foreign = read - reachable([reader], predecessors)
        if foreign:
            found[reader] = frozenset(foreign)
    return found
