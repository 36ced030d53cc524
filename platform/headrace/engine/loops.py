"""Finds the loops of a drawing: their heads, their back wires, and virtual heads where needed.

A cycle must be entered at one node. That node is its head if it is a loop by itself; else the
compiler puts a virtual `while` head in front of it, which goes on as long as something comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from headrace.engine.cycles import cyclic_components
from headrace.engine.document import DocumentNode
from headrace.engine.problems import Findings, Severity, listed
from headrace.engine.wires import Drawing, Wire

_DEEPEST: Final = 20


@dataclass(slots=True)
class Loops:
    """All wires by their target, virtual heads included, and those that go back to a head.

    `virtual` maps a virtual head to the node that it stands before.
    """

    drawing: Drawing
    into: dict[str, list[Wire]]
    back: set[Wire] = field(default_factory=set)
    virtual: dict[str, str] = field(default_factory=dict)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes of the drawing, then the virtual heads."""
        return (*self.drawing.nodes, *self.virtual)

    def forward(self) -> Iterable[Wire]:
        """Every wire that does not go back."""
        return (wire for wires in self.into.values() for wire in wires if wire not in self.back)

    def is_head(self, node: str) -> bool:
        """Whether a loop starts there, on the canvas or virtually."""
        return node in self.virtual or self.drawing.shapes[node].loop is not None

    def enters_body(self, wire: Wire) -> bool:
        """Whether it leads from a head into the loop."""
        if wire.source in self.virtual:
            return True
        return self.is_head(wire.source) and wire.port == self.drawing.shapes[wire.source].body_port

    def undoes(self, node: str) -> bool:
        """Whether its body runs only to undo something."""
        return node not in self.virtual and self.drawing.shapes[node].loop == "undo"

    def drawn(self, node: str) -> DocumentNode:
        """The node as its author knows it; of a virtual head, the one it stands before."""
        return self.drawing.nodes[self.virtual.get(node, node)]

    def names(self, nodes: Iterable[str]) -> str:
        """What the author calls them, in the document's order."""
        wanted = set(nodes)
        return listed([self.drawn(node).name for node in self.nodes if node in wanted])

    def report(
        self, findings: Findings, code: str, message: str, node: str, severity: Severity = "error"
    ) -> None:
        """Note a problem of a node."""
        drawn = self.drawn(node)
        path = f"/nodes/{drawn.index}"
        findings.add(code, message, path=path, node=drawn.id, severity=severity)


def find_loops(drawing: Drawing, findings: Findings) -> Loops | None:
    """The loops, outermost first; `None` where a cycle had to be refused."""
    into: dict[str, list[Wire]] = {node: [] for node in drawing.nodes}
    for wire in drawing.wires:
        into[wire.target].append(wire)
    loops = Loops(drawing, into)
    sound = True
    regions: list[tuple[Sequence[str], int]] = [(tuple(drawing.nodes), 0)]
    while regions:
        region, depth = regions.pop()
        for cycle in cyclic_components(region, _successors(loops, region)):
            if depth == _DEEPEST:
                message = f"Loops are nested more than {_DEEPEST} deep; use a sub-workflow."
                loops.report(findings, "loops_too_deep", message, cycle[0])
            elif (head := _head(loops, cycle, findings)) is not None:
                regions.append((_close(loops, cycle, head), depth + 1))
                continue
            sound = False
    return loops if sound else None


def _successors(loops: Loops, region: Sequence[str]) -> Mapping[str, list[str]]:
    inside = set(region)
    found: dict[str, list[str]] = {node: [] for node in region}
    for target in region:
        for wire in loops.into[target]:
            if wire.source in inside and wire not in loops.back:
                found[wire.source].append(target)
    return found


def _head(loops: Loops, cycle: Sequence[str], findings: Findings) -> str | None:
    """The one node at which the cycle is entered; several or none are refused."""
    inside = set(cycle)
    entries = [
        node
        for node in loops.nodes
        if node in inside
        and any(w.source not in inside and w not in loops.back for w in loops.into[node])
    ]
    if len(entries) == 1:
        return entries[0]
    if entries:
        where = f"is entered at {loops.names(entries)}; lead these ways through one node first"
    else:
        where = "is entered nowhere; lead a wire into it"
    message = f"The cycle of {loops.names(cycle)} {where}."
    loops.report(findings, "irreducible_cycle", message, (entries or cycle)[0])
    return None


def _close(loops: Loops, cycle: Sequence[str], head: str) -> Sequence[str]:
    """Mark the wires that go back to the head; the nodes to look for inner loops in."""
    body = list(cycle)
    if not loops.is_head(head) or loops.undoes(head):
        virtual = f"{head}^"
        loops.virtual[virtual] = head
        loops.into[virtual] = [wire._replace(target=virtual) for wire in loops.into[head]]
        ports = dict.fromkeys(wire.input for wire in loops.into[head])
        loops.into[head] = [Wire(virtual, port, head, port) for port in ports]
        head = virtual
        body.append(virtual)
    inside = set(body)
    loops.back |= {wire for wire in loops.into[head] if wire.source in inside}
    return body
