"""Undoing what was done, the last first, when the execution or a part of it has failed.

A head with an `undo` body registers, with each run of it, that the body is to run with these items
if need be. When that is, the bodies run one after the other, each to its end, also where one of
them fails. Of an execution that was not stopped nothing is ever undone.
"""

from __future__ import annotations

from collections.abc import Iterator

from headrace.engine.events import PortCounts
from headrace.engine.flow import Flow
from headrace.engine.graph import UNDO_PORT, Graph, Node
from headrace.engine.lookup import past
from headrace.engine.references import Source, StepInputs
from headrace.engine.run_key import ROOT, Frame, RunKey, Tag, is_within, order_key
from headrace.engine.state import Finished, Late, Run, State, StepStatus, Undo, Undoing
from headrace.engine.stopping import is_wish


def register(flow: Flow, node: Node, run: Run, outputs: PortCounts) -> PortCounts:
    """A head has run: what it put out on `undo` its body will need. The rest is to go on."""
    items = outputs.get(UNDO_PORT)
    if items:
        _note(flow.state, node, run.key, run.inputs, (Source(*run.id, UNDO_PORT, items),))
    return {port: count for port, count in outputs.items() if port != UNDO_PORT}


def register_unstarted(flow: Flow, run: Run) -> None:
    """A head that was still to run, but for the stop: what was done before it counts as well."""
    node = flow.graph.nodes[run.key.node]
    if node.shape.loop == "undo":
        sources = tuple(source for _, sources in run.inputs for source in sources)
        _note(flow.state, node, run.key, run.inputs, sources)


def undo_next(flow: Flow, region: Tag) -> bool:
    """Begin to undo what was registered last in a turn, or anywhere; false if nothing is left."""
    state = flow.state
    places = range(len(state.undos) - 1, -1, -1)
    last = next((i for i in places if is_within(state.undos[i].key.tag, region)), None)
    if last is None:
        return False
    undo = state.undos.pop(last)
    tag = (*undo.key.tag, Frame(undo.key.node, undo.key.via, 0))
    state.undoing[tag] = Undoing(undo, region)
    flow.open(tag)
    flow.deliver(flow.graph.nodes[undo.key.node], UNDO_PORT, tag, (), undo.sources)
    return True


def end_undo(flow: Flow, tag: Tag) -> None:
    """One is undone, whether or not that went well: go on with the one before."""
    state = flow.state
    region = state.undoing.pop(tag).region
    state.undos = [undo for undo in state.undos if not is_within(undo.key.tag, tag)]
    if region != ROOT:
        flow.close_broken(region)
    elif state.stop is not None and state.stop.is_undoing:
        undo_next(flow, ROOT)


def is_due(graph: Graph, state: State) -> bool:
    """Whether a stopped execution, in which nothing is under way any more, has things to undo."""
    stop = state.stop
    if stop is None or stop.is_undoing or (stop.error is None and stop.reason == "finished"):
        return False
    heads = [undo.key.node for undo in state.undos]
    heads += [run.key.node for run in _shelved(graph, state)]
    heads += [node.id for late in state.late for node, *_ in _unsent(graph, late)]
    return any(_is_wanted(graph, state, head) for head in heads)


def begin(flow: Flow) -> None:
    """Undo all that is registered. Nothing else is remembered: after this there is no retry."""
    graph, state = flow.graph, flow.state
    if state.stop is None or state.stop.is_undoing or state.active or state.undoing:
        return
    for run in _shelved(graph, state):
        register_unstarted(flow, run)
    for late in state.late:
        for node, key, inputs in _unsent(graph, late):
            _note(state, node, key, inputs, inputs[0][1])
    state.undos = [undo for undo in state.undos if _is_wanted(graph, state, undo.key.node)]
    state.stop.is_undoing = state.stop.is_final = True
    root = state.scopes[ROOT]
    for forgotten in (state.kept, state.late, state.broken, state.activations, state.deadlines):
        forgotten.clear()
    state.scopes = {ROOT: root}
    undo_next(flow, ROOT)


def _note(
    state: State, node: Node, key: RunKey, inputs: StepInputs, sources: tuple[Source, ...]
) -> None:
    if UNDO_PORT not in node.out:
        return
    book = {}
    if key.tag:
        root = state.scopes[ROOT]
        ancestors = {run.key.id: run for run in past(state, key.tag, inputs)}
        book = {id_: run for id_, run in ancestors.items() if id_ not in root.finished}
        book[key.id] = Finished(key, inputs, {})
    state.undos.append(Undo(key, sources, book))


def _shelved(graph: Graph, state: State) -> list[Run]:
    """The heads that what was done had already come to."""
    return [
        run
        for run in state.kept.values()
        if run.status is StepStatus.SHELVED and graph.nodes[run.key.node].shape.loop == "undo"
    ]


def _unsent(graph: Graph, late: Late) -> Iterator[tuple[Node, RunKey, StepInputs]]:
    """The heads that a run led to which ended while everything was being stopped.

    A head of another kind has done nothing yet that could be undone.
    """
    key, giver = late.run.key, graph.nodes[late.run.key.node]
    for port, items in late.outputs.items() if giver.shape.loop is None else ():
        for edge in giver.out.get(port, ()) if items else ():
            node = graph.nodes[edge.target]
            if node.shape.loop == "undo" and not node.is_disabled:
                order = order_key(edge.ordinal, key.tag[edge.depth :], key.via)
                via = key.via if node.inherits_via else order
                source = Source(*late.run.id, port, items)
                yield node, RunKey(node.id, key.tag[: edge.depth], via), ((edge.input, (source,)),)


def _is_wanted(graph: Graph, state: State, head: str) -> bool:
    wish = state.stop is not None and is_wish(state.stop)
    return graph.nodes[head].shape.undo_on_cancel or not wish
