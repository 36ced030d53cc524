"""The firing rules: deliveries, runs, joins, loops, and the closing of nodes and scopes.

A node is *closed* in a scope when nothing can reach it any more: all its neighbours are closed and
nothing of its own is open. That is counted, not searched for: one decrement per pair of neighbours
and scope. A join runs when its neighbours are closed, a loop's next turn begins when the scope of
the one before is closed, an execution is done when the root scope is. Nothing depends on what
arrived first. The work is kept on two lists instead of the call stack, because chains are long.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from headrace.engine.events import Failure, PortCounts
from headrace.engine.graph import DONE_PORT, LOOP_PORT, Edge, Graph, Node
from headrace.engine.ready import entry, put
from headrace.engine.references import Source, StepInputs
from headrace.engine.rounds import rounds, together
from headrace.engine.run_key import ROOT, Frame, RunId, RunKey, Tag, Via, order_key
from headrace.engine.state import (
    Activation,
    Finished,
    Held,
    Leaf,
    Parked,
    Ready,
    Run,
    ScopeState,
    State,
    Stop,
)

_Arrival = tuple[Edge, Tag, Via, tuple[Source, ...]]


class Flow:
    """Works off what follows from one event. Call `settle` last."""

    __slots__ = ("_arrivals", "_at", "_checks", "_graph", "_new", "_state")

    def __init__(self, graph: Graph, state: State, at: datetime | None) -> None:
        self._graph = graph
        self._state = state
        self._at = at
        self._arrivals: deque[_Arrival] = deque()
        self._checks: list[tuple[str, Tag]] = []
        self._new: list[Ready] = []

    def start(self, outputs: PortCounts) -> None:
        """Open the root scope with the trigger's run done."""
        key = RunKey(self._state.trigger, ROOT, ())
        self._open(ROOT)
        self._enter_busy(key)
        self.complete(Run(key.id, key, ()), outputs)

    def complete(self, run: Run, outputs: PortCounts, batch_size: int = 1) -> None:
        """Deliver what a run put out. The run must be out of the state's books."""
        node = self._graph.nodes[run.key.node]
        finished = self._state.scopes[run.key.tag].finished
        finished[run.id] = Finished(run.key, run.inputs, outputs)
        if node.shape.loop and LOOP_PORT in outputs:
            self._start_loop(node, run, outputs, batch_size)
            return
        if not self._send(node, run, outputs):
            self._note_leaf(node, run.key, run.id, outputs)
        self._leave(run.key)

    def fire_overdue(self, key: RunKey) -> None:
        """Let a join whose time is up take what it has."""
        scope = self._state.scopes[key.tag]
        scope.fired.add(key.node)
        self._fire(self._graph.nodes[key.node], key.tag, scope)

    def settle(self) -> None:
        """Deliver and close until nothing moves; then put the new runs in order."""
        state = self._state
        while state.stop is None:
            if self._arrivals:
                self._arrive(*self._arrivals.popleft())
            elif self._checks:
                self._check(*self._checks.pop())
            else:
                break
        put(self._graph, state, self._new)
        if state.stop is not None:
            state.begin_stop(state.stop)

    # Deliveries

    def _send(self, node: Node, run: Run, outputs: PortCounts) -> bool:
        """Whether anything went on to another node."""
        sent = False
        for port, items in outputs.items():
            if items and port in node.out:
                sent = True
                source = Source(node.id, run.id.run, port, items)
                self._deliver(node, port, run.key.tag, run.key.via, (source,))
        return sent

    def _deliver(
        self, node: Node, port: str, tag: Tag, via: Via, sources: tuple[Source, ...]
    ) -> None:
        for edge in node.out.get(port, ()):
            self._arrivals.append((edge, tag, via, sources))

    def _arrive(self, edge: Edge, tag: Tag, via: Via, sources: tuple[Source, ...]) -> None:
        order = order_key(edge.ordinal, tag[edge.depth :], via)
        tag = tag[: edge.depth]
        scope = self._state.scopes[tag]
        node = self._graph.nodes[edge.target]
        if edge.back:
            scope.returned.append(Held(order, edge.input, sources))
        elif node.join is not None:
            self._hold(node, tag, scope, Held(order, edge.input, sources))
        else:
            self._enter(
                node, tag, scope, via if node.inherits_via else order, ((edge.input, sources),)
            )

    def _enter(self, node: Node, tag: Tag, scope: ScopeState, via: Via, inputs: StepInputs) -> None:
        """What a node does with a delivery, or a join with a round: it runs, if nothing is odd."""
        if scope.reads_before.get(node.id):
            scope.parked.setdefault(node.id, []).append(Parked(via, inputs))
        elif node.is_disabled:
            self._deliver(node, node.pass_port or "", tag, via, inputs[0][1])
        elif node.is_virtual:
            key = RunKey(node.id, tag, via)
            self._enter_busy(key)
            loop = self._state.activations[key] = Activation(inputs)
            self._begin_turn(node, key, loop, inputs)
        else:
            self._queue(RunKey(node.id, tag, via), inputs)

    def _queue(self, key: RunKey, inputs: StepInputs) -> None:
        state = self._state
        state.runs_total += 1
        state.runs_by_node[key.node] = state.runs_by_node.get(key.node, 0) + 1
        if state.runs_total > self._graph.settings.max_runs:
            self._exceed_budget()
            return
        run = Run(key.id, key, inputs)
        state.runs[run.id] = run
        self._enter_busy(key)
        self._new.append(entry(self._graph, state, run))

    def _enter_busy(self, key: RunKey) -> None:
        busy = self._state.scopes[key.tag].busy
        busy[key.node] = busy.get(key.node, 0) + 1

    def _leave(self, key: RunKey) -> None:
        busy = self._state.scopes[key.tag].busy
        busy[key.node] -= 1
        if not busy[key.node]:
            del busy[key.node]
            self._checks.append((key.node, key.tag))

    def _note_leaf(self, node: Node, key: RunKey, id_: RunId, outputs: PortCounts) -> None:
        has_items = not node.out or any(outputs.values())
        leaf = Leaf(has_items, key.tag, key.via, id_.run, outputs)
        leaves = self._state.leaves
        leaves[node.id] = max(leaf, leaves.get(node.id, leaf))

    def _exceed_budget(self) -> None:
        counts = self._state.runs_by_node
        busiest = max(counts, key=lambda node: (counts[node], node))
        budget = self._graph.settings.max_runs
        name = self._graph.nodes[busiest].name
        message = f'More than {budget} runs; "{name}" alone ran {counts[busiest]} times.'
        self._state.stop = Stop(Failure("run_budget", message, busiest))

    # Joins

    def _hold(self, node: Node, tag: Tag, scope: ScopeState, delivery: Held) -> None:
        if node.id in scope.fired:
            return
        held = scope.held.setdefault(node.id, [])
        held.append(delivery)
        if isinstance(node.join, int) and len(held) >= node.join:
            scope.fired.add(node.id)
            self._fire(node, tag, scope)
        elif len(held) == 1 and node.shape.join_timeout_s and self._at:
            due = self._at + timedelta(seconds=node.shape.join_timeout_s)
            self._state.deadlines[RunKey(node.id, tag, (0,))] = due

    def _fire(self, node: Node, tag: Tag, scope: ScopeState) -> None:
        self._state.deadlines.pop(RunKey(node.id, tag, (0,)), None)
        ports, held = node.shape.inputs, scope.held.pop(node.id)
        new = [together(ports, held)] if isinstance(node.join, int) else rounds(ports, held)
        for number, inputs in enumerate(new):
            self._enter(node, tag, scope, (number,), inputs)

    # Closing

    def _open(self, tag: Tag) -> None:
        plan = self._graph.scopes[tuple(frame.head for frame in tag)]
        self._state.scopes[tag] = ScopeState(dict(plan.open_before), dict(plan.reads_before))
        self._checks.extend((node, tag) for node in plan.starts or ("",))

    def _check(self, node: str, tag: Tag) -> None:
        """Close the node if nothing can reach it any more, and its scope if it was the last."""
        scope = self._state.scopes.get(tag)
        if scope is None or scope.open_before.get(node) or scope.busy.get(node):
            return
        if node in scope.held:
            self._fire(self._graph.nodes[node], tag, scope)
            self._checks.append((node, tag))
            return
        if scope.open_before.pop(node, None) is not None:
            self._tell_neighbours(self._graph.nodes[node], tag, scope)
        if not scope.open_before and tag != ROOT:
            self._end_turn(tag, scope)

    def _tell_neighbours(self, closed: Node, tag: Tag, scope: ScopeState) -> None:
        for reader in closed.readers:
            scope.reads_before[reader] -= 1
            if not scope.reads_before[reader]:
                for parked in scope.parked.pop(reader, ()):
                    self._enter(self._graph.nodes[reader], tag, scope, *parked)
        for successor in closed.successors:
            scope.open_before[successor] -= 1
            if not scope.open_before[successor]:
                self._checks.append((successor, tag))

    # Loops

    def _start_loop(self, node: Node, run: Run, outputs: PortCounts, batch_size: int) -> None:
        items = outputs[LOOP_PORT]
        others = {port: n for port, n in outputs.items() if port not in {LOOP_PORT, DONE_PORT}}
        self._send(node, run, others)
        inside = ((LOOP_PORT, (Source(*run.id, LOOP_PORT, items),)),)
        loop = self._state.activations[run.key] = Activation(inside, items, batch_size)
        if node.shape.loop == "items":
            self._feed(node, run.key, loop)
        else:
            self._begin_turn(node, run.key, loop, inside)

    def _feed(self, node: Node, key: RunKey, loop: Activation) -> None:
        """Begin as many turns over items as may be open at once; end the loop after the last."""
        while loop.begun * loop.batch_size < loop.items and loop.open < node.shape.concurrency:
            items = min(loop.batch_size, loop.items - loop.begun * loop.batch_size)
            batch = Source(*key.id, LOOP_PORT, items, loop.begun)
            self._begin_turn(node, key, loop, ((LOOP_PORT, (batch,)),))
        if not loop.open:
            self._end_loop(node, key, (Source(*key.id, DONE_PORT, loop.returned),))

    def _begin_turn(self, node: Node, key: RunKey, loop: Activation, inputs: StepInputs) -> None:
        tag = (*key.tag, Frame(node.id, key.via, loop.begun))
        loop.begun += 1
        loop.open += 1
        if node.shape.loop == "while":
            loop.inputs = inputs
        self._open(tag)
        for port, sources in inputs:
            self._deliver(node, port, tag, (), sources)

    def _end_turn(self, tag: Tag, scope: ScopeState) -> None:
        del self._state.scopes[tag]
        frame = tag[-1]
        key = RunKey(frame.head, tag[:-1], frame.via)
        loop, node = self._state.activations[key], self._graph.nodes[frame.head]
        loop.open -= 1
        if node.shape.loop == "items":
            loop.returned += sum(source.items for held in scope.returned for source in held.sources)
            self._feed(node, key, loop)
        elif not scope.returned:
            self._end_loop(node, key, tuple(s for _, sources in loop.inputs for s in sources))
        elif loop.begun >= node.settings.max_iterations:
            bound = node.settings.max_iterations
            message = f'The loop at "{node.name}" did not end within {bound} turns.'
            self._state.stop = Stop(Failure("max_iterations", message, node.id.rstrip("^")))
        else:
            again = together(node.shape.inputs, scope.returned)
            self._begin_turn(node, key, loop, again if node.is_virtual else _as_one(again))

    def _end_loop(self, node: Node, key: RunKey, result: tuple[Source, ...]) -> None:
        del self._state.activations[key]
        self._deliver(node, DONE_PORT, key.tag, key.via, result)
        if DONE_PORT not in node.out and not node.is_virtual:
            counts = {DONE_PORT: sum(source.items for source in result)}
            self._note_leaf(node, key, key.id, counts)
        self._leave(key)


def _as_one(inputs: StepInputs) -> StepInputs:
    return ((LOOP_PORT, tuple(source for _, sources in inputs for source in sources)),)
