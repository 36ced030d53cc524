"""Gives every node its scope: the loops whose turns it runs in.

A node that only a loop's body feeds belongs to the body, also when it does not lead back; a node
that is fed from inside and outside belongs outside. Seen from one scope, a whole inner loop is one
node, its head: wires and reads are *lifted* to that view. Lifted wires form no cycle, because what
stands in a body can be reached from its head; lifted reads can close one, which is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headrace.engine.cycles import cyclic_components, topological
from headrace.engine.graph import Scope
from headrace.engine.loops import Loops
from headrace.engine.problems import Findings
from headrace.engine.wires import Wire

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Scopes of all nodes, in topological order, and for each node what it may still feed.

    `lifted` pairs stand within one scope; `reads` are those that come from expressions. A node in
    a loop that reads one outside stands in `far_reads`, with the depth of their common scope.
    """

    loops: Loops
    scopes: dict[str, Scope]
    lifted: frozenset[Pair]
    reads: frozenset[Pair]
    far_reads: frozenset[tuple[str, str, int]]


def lay_out(loops: Loops, reads: Mapping[str, frozenset[str]], findings: Findings) -> Layout | None:
    """Scopes and lifted pairs; `None` where a loop or a read is impossible."""
    scopes = _scopes(loops)
    if not (_backs_are_inside(loops, scopes, findings) and _undo_stays(loops, scopes, findings)):
        return None
    flow = frozenset(_lifted(loops, scopes))
    lifted_reads = {
        (reader, read): _lift_read(scopes, read, reader)
        for reader, names in reads.items()
        for read in sorted(names)
        if not _reads_out_of_undo(loops, scopes, reader, read)
    }
    if not _reads_are_possible(loops, scopes, flow, lifted_reads, findings):
        return None
    pairs = lifted_reads.items()
    return Layout(
        loops,
        scopes,
        flow,
        frozenset(pair for (reader, _), pair in pairs if pair[1] == reader),
        frozenset(
            (pair[0], reader, scopes[reader].index(pair[1]))
            for (reader, _), pair in pairs
            if pair[1] != reader
        ),
    )


def _frames(loops: Loops, scopes: Mapping[str, Scope], wire: Wire) -> Scope:
    """The scope in which a delivery along the wire starts out."""
    scope = scopes[wire.source]
    return (*scope, wire.source) if loops.enters_body(wire) else scope


def _common(left: Scope, right: Scope) -> Scope:
    length = 0
    for mine, other in zip(left, right, strict=False):
        if mine != other:
            break
        length += 1
    return left[:length]


def _scopes(loops: Loops) -> dict[str, Scope]:
    successors: dict[str, list[str]] = {}
    incoming: dict[str, list[Wire]] = {}
    for wire in loops.forward():
        successors.setdefault(wire.source, []).append(wire.target)
        incoming.setdefault(wire.target, []).append(wire)
    scopes: dict[str, Scope] = {}
    for node in topological(loops.nodes, successors):
        scope: Scope | None = None
        for wire in incoming.get(node, ()):
            frames = _frames(loops, scopes, wire)
            scope = frames if scope is None else _common(scope, frames)
        scopes[node] = scope or ()
    return scopes


def _backs_are_inside(loops: Loops, scopes: Mapping[str, Scope], findings: Findings) -> bool:
    outside = sorted(
        wire
        for wire in loops.back
        if _common(_frames(loops, scopes, wire), body := (*scopes[wire.target], wire.target))
        != body
    )
    for wire in outside:
        ends = f"{loops.names([wire.source])} leads back to {loops.names([wire.target])}"
        advice = "start the way back inside the loop"
        message = f'{ends} without having come from its port "loop"; {advice}.'
        loops.report(findings, "back_from_outside", message, wire.source)
    return not outside


def _undo_stays(loops: Loops, scopes: Mapping[str, Scope], findings: Findings) -> bool:
    """When something is undone, all else is over: nothing may lead from there back into it."""
    outside = sorted(
        {
            wire.source
            for wires in loops.into.values()
            for wire in wires
            for head in _frames(loops, scopes, wire)[len(scopes[wire.target]) :]
            if loops.undoes(head) and (head != wire.target or wire not in loops.back)
        }
    )
    for source in outside:
        message = (
            f"{loops.names([source])} undoes something when the run has failed, and cannot lead "
            "back into it; delete that wire."
        )
        loops.report(findings, "undo_leaves", message, source)
    return not outside


def _reads_out_of_undo(loops: Loops, scopes: Mapping[str, Scope], reader: str, read: str) -> bool:
    """Whether it reads from an undo body what stands around it, which is over by then."""
    own = scopes[reader]
    return any(loops.undoes(head) for head in own[len(_common(own, scopes[read])) :])


def _lifted(loops: Loops, scopes: Mapping[str, Scope]) -> Iterable[Pair]:
    for wire in loops.forward():
        scope = scopes[wire.target]
        frames = _frames(loops, scopes, wire)
        if frames != scope:
            yield frames[len(scope)], wire.target
        elif not loops.enters_body(wire):
            yield wire.source, wire.target


def _lift_read(scopes: Mapping[str, Scope], read: str, reader: str) -> Pair:
    """Both ends seen from their common scope."""
    source, target = (*scopes[read], read), (*scopes[reader], reader)
    depth = len(_common(scopes[read], scopes[reader]))
    return source[depth], target[depth]


def _reads_are_possible(
    loops: Loops,
    scopes: Mapping[str, Scope],
    flow: frozenset[Pair],
    reads: Mapping[Pair, Pair],
    findings: Findings,
) -> bool:
    successors: dict[str, list[str]] = {}
    for source, target in sorted(flow.union(reads.values())):
        successors.setdefault(source, []).append(target)
    inside = {
        node: number
        for number, cycle in enumerate(cyclic_components(tuple(scopes), successors))
        for node in cycle
    }
    sound = True
    for (reader, read), (source, target) in reads.items():
        if source in inside and inside[source] == inside.get(target):
            sound = False
            ends = f"{loops.names([reader])} reads {loops.names([read])}"
            advice = "draw a wire between them, or set the order to sequential"
            message = f"{ends}, which cannot be done before it; {advice}."
            loops.report(findings, "reads_cycle", message, reader)
    return sound
