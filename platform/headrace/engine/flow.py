"""The firing rules: deliveries, runs, joins, and the closing of nodes and scopes.

A node is *closed* in a scope when nothing can reach it any more: all its neighbours are closed and
nothing of its own is open. That is counted, not searched for: one decrement per pair of neighbours
and scope. A join runs when its neighbours are closed, a loop's next turn begins when the scope of
the one before is closed, an execution is done when the root scope is. Nothing depends on what
arrived first. The work is kept on two lists instead of the call stack, because chains are long.
Loops are in `turns`, failures inside of them in `containment`, undoing in `compensation`; `rules`
puts all of them together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from datetime import datetime, timedelta

from headrace.engine.events import Failure, PortCounts
from headrace.engine.graph import Edge, Graph, Node
from headrace.engine.lookup import escaping
from headrace.engine.ready import entry, put, take
from headrace.engine.references import Source, StepInputs
from headrace.engine.rest import is_unwanted
from headrace.engine.rounds import rounds, together
from headrace.engine.run_key import ROOT, RunId, RunKey, Tag, Via, is_within, order_key
from headrace.engine.state import (
    Finished,
    Held,
    Leaf,
    Parked,
    Ready,
    Run,
    ScopeState,
    Skipped,
    State,
    StepStatus,
    Stop,
)
from headrace.engine.stopping import begin_stop

_Arrival = tuple[Edge, Tag, Via, tuple[Source, ...]]


class Flow(ABC):
    """Works off what follows from one event. Call `settle` last."""

    __slots__ = ("_arrivals", "_at", "_checks", "_has_rest", "_new", "graph", "state")

    def __init__(self, graph: Graph, state: State, at: datetime | None) -> None:
        self.graph = graph
        self.state = state
        self._at = at
        self._arrivals: deque[_Arrival] = deque()
        self._checks: list[tuple[str, Tag]] = []
        self._new: list[Ready] = []
        self._has_rest = False

    def start(self, outputs: PortCounts) -> None:
        """Open the root scope with the trigger's run done."""
        key = RunKey(self.state.trigger, ROOT, ())
        self.open(ROOT)
        self.enter_busy(key)
        self.complete(Run(key.id, key, ()), outputs)

    def complete(self, run: Run, outputs: PortCounts, batch_size: int = 1) -> None:
        """Deliver what a run put out. The run must be out of the state's books."""
        node = self.graph.nodes[run.key.node]
        self._remember(run, outputs)
        if node.shape.loop:
            left = self.take_over(node, run, outputs, batch_size)
            if left is None:
                return
            outputs = left
        if not self.send(node, run, outputs):
            self.note_leaf(node, run.key, run.id, outputs)
        self.leave(run.key)

    def abandon(self, run: Run) -> None:
        """A run was stopped by itself: nothing comes of it, and a loop does not begin."""
        node = self.graph.nodes[run.key.node]
        self._remember(run, {})
        if not self.give_up(node, run):
            self.note_leaf(node, run.key, run.id, {})
            self.leave(run.key)

    def _remember(self, run: Run, outputs: PortCounts) -> None:
        finished = self.state.scopes[run.key.tag].finished
        finished[run.id] = Finished(run.key, run.inputs, outputs)

    # Heads of loops

    @abstractmethod
    def take_over(
        self, node: Node, run: Run, outputs: PortCounts, batch_size: int
    ) -> PortCounts | None:
        """What the run of a head leaves to be delivered; `None` if its loop takes care of all."""

    @abstractmethod
    def give_up(self, node: Node, run: Run) -> bool:
        """Whether a run that was stopped was to decide over another turn: its loop is over then."""

    @abstractmethod
    def enter_circle(self, node: Node, key: RunKey, inputs: StepInputs) -> None:
        """A delivery enters a loop that has no head on the canvas."""

    @abstractmethod
    def end_turn(self, tag: Tag, scope: ScopeState) -> None:
        """A turn's scope is closed, or what was left of a broken one is over."""

    @abstractmethod
    def close_broken(self, turn: Tag) -> None:
        """End a broken turn once nothing is under way in it and everything there is undone."""

    # Events

    def fire_overdue(self, key: RunKey) -> None:
        """Let a join whose time is up take what it has."""
        node = self.graph.nodes[key.node]
        self._fire_early(node, key.tag, self.state.scopes[key.tag])

    def settle(self) -> None:
        """Deliver and close until nothing moves; then put the new runs in order."""
        while True:
            if self._arrivals:
                self._arrive(*self._arrivals.popleft())
            elif self._checks:
                self._check(*self._checks.pop())
            elif self._has_rest:
                self._drop_rest()
            else:
                break
        self._line_up()

    # Deliveries

    def send(self, node: Node, run: Run, outputs: PortCounts) -> bool:
        """Whether anything went on to another node."""
        sent = False
        for port, items in outputs.items():
            if items and port in node.out:
                sent = True
                source = Source(node.id, run.id.run, port, items)
                self.deliver(node, port, run.key.tag, run.key.via, (source,))
        return sent

    def deliver(
        self, node: Node, port: str, tag: Tag, via: Via, sources: tuple[Source, ...]
    ) -> None:
        """Put items on a port."""
        for edge in node.out.get(port, ()):
            self._arrivals.append((edge, tag, via, sources))

    def _arrive(self, edge: Edge, tag: Tag, via: Via, sources: tuple[Source, ...]) -> None:
        depth, state = edge.depth, self.state
        order = order_key(edge.ordinal, tag[depth:], via)
        whole, tag = tag, tag[:depth]
        if (state.stop is not None or state.broken) and state.barrier(tag) is not None:
            return
        scope = state.scopes[tag]
        if len(whole) > depth and not edge.back:
            scope.finished.update(
                (run.key.id, run) for run in escaping(state, whole, depth, sources)
            )
        node = self.graph.nodes[edge.target]
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
        if scope.reads_before.get(node.id) or (node.far_reads and self._has_to_read(node, tag)):
            scope.parked.setdefault(node.id, []).append(Parked(via, inputs))
        elif node.is_disabled:
            self.deliver(node, node.pass_port or "", tag, via, inputs[0][1])
        elif node.rest_of and is_unwanted(self.graph, self.state, RunKey(node.id, tag, via)):
            self._skip(node, tag, via)
        elif node.is_virtual:
            self.enter_circle(node, RunKey(node.id, tag, via), inputs)
        else:
            self.queue(RunKey(node.id, tag, via), inputs)

    def _skip(self, node: Node, tag: Tag, via: Via) -> None:
        """Let a delivery go nowhere, and say so."""
        if not node.is_virtual:
            self.state.skipped.append(Skipped(RunKey(node.id, tag, via).id, 1))
            self.state.scopes[tag].cut_off.add(node.id)

    def _has_to_read(self, node: Node, tag: Tag) -> bool:
        scopes = self.state.scopes
        return any(read in scopes[tag[:depth]].open_before for depth, read in node.far_reads)

    def queue(self, key: RunKey, inputs: StepInputs) -> None:
        """Make a run that may start."""
        state = self.state
        state.runs_total += 1
        state.runs_by_node[key.node] = state.runs_by_node.get(key.node, 0) + 1
        if state.runs_total > self.graph.settings.max_runs and state.stop is None:
            self._exceed_budget()
            return
        run = Run(key.id, key, inputs)
        state.runs[run.id] = run
        self.enter_busy(key)
        self._new.append(entry(self.graph, state, run))

    def enter_busy(self, key: RunKey) -> None:
        """Count something open of a node."""
        busy = self.state.scopes[key.tag].busy
        busy[key.node] = busy.get(key.node, 0) + 1

    def leave(self, key: RunKey) -> None:
        """The opposite: the node may be closed by that."""
        busy = self.state.scopes[key.tag].busy
        busy[key.node] -= 1
        if not busy[key.node]:
            del busy[key.node]
            self._checks.append((key.node, key.tag))

    def note_leaf(self, node: Node, key: RunKey, id_: RunId, outputs: PortCounts) -> None:
        """A run led nowhere: its items may be the result. Those of an undo never are."""
        state = self.state
        if state.undoing and any(is_within(key.tag, tag) for tag in state.undoing):
            return
        has_items = not node.out or any(outputs.values())
        leaf = Leaf(has_items, key.tag, key.via, id_.run, outputs)
        state.leaves[node.id] = max(leaf, state.leaves.get(node.id, leaf))

    def _exceed_budget(self) -> None:
        counts = self.state.runs_by_node
        busiest = max(counts, key=lambda node: (counts[node], node))
        budget = self.graph.settings.max_runs
        name = self.graph.nodes[busiest].name
        message = f'More than {budget} runs; "{name}" alone ran {counts[busiest]} times.'
        failure = Failure("run_budget", message, busiest)
        begin_stop(self.graph, self.state, Stop(failure, is_final=True))

    def take_back(self, run: Run) -> None:
        """Forget a run that has not started."""
        self._line_up()
        take(self.graph, self.state, run)
        del self.state.runs[run.id]

    def _line_up(self) -> None:
        state, new = self.state, self._new
        if state.stop is not None:
            # The rules themselves may have stopped it since.
            new = [run for run in new if run[-1] in state.runs]
        if new:
            put(self.graph, state, new)
        self._new = []

    # Joins

    def _hold(self, node: Node, tag: Tag, scope: ScopeState, delivery: Held) -> None:
        if node.id in scope.fired:
            # One step longer than the name of any round, so that it is nobody else's.
            run = RunKey(node.id, tag, (1, *delivery.order)).id
            late = ((delivery.port, delivery.sources),)
            self.state.skipped.append(Skipped(run, 1, late))
            return
        held = scope.held.setdefault(node.id, [])
        held.append(delivery)
        if isinstance(node.join, int) and len(held) >= node.join:
            self._fire_early(node, tag, scope)
        elif len(held) == 1 and node.shape.join_timeout_s and self._at:
            due = self._at + timedelta(seconds=node.shape.join_timeout_s)
            self.state.deadlines[RunKey(node.id, tag, (0,))] = due

    def _fire_early(self, node: Node, tag: Tag, scope: ScopeState) -> None:
        """It has enough: what comes later goes nowhere, and may be ended."""
        scope.fired.add(node.id)
        self._has_rest |= node.shape.cancel_rest
        self._fire(node, tag, scope)

    def _drop_rest(self) -> None:
        """Take back the runs that nobody needs any more and that have not started."""
        self._has_rest = False
        graph, state = self.graph, self.state
        self._line_up()
        for run in list(state.runs.values()):
            if run.status is StepStatus.READY and is_unwanted(graph, state, run.key):
                state.skipped.append(Skipped(run.id, run.attempt))
                state.scopes[run.key.tag].cut_off.add(run.id.node)
                self.take_back(run)
                self.leave(run.key)

    def _fire(self, node: Node, tag: Tag, scope: ScopeState) -> None:
        self.state.deadlines.pop(RunKey(node.id, tag, (0,)), None)
        ports, held = node.shape.inputs, scope.held.pop(node.id)
        new = [together(ports, held)] if isinstance(node.join, int) else rounds(ports, held)
        for number, inputs in enumerate(new):
            self._enter(node, tag, scope, (number,), inputs)

    # Closing

    def open(self, tag: Tag) -> None:
        """Open a scope, and close in it what nothing reaches."""
        self.prepare(tag)
        self.check_starts(tag)

    def prepare(self, tag: Tag) -> None:
        """Open a scope of which nothing may be closed yet."""
        plan = self.graph.scopes[tuple(frame.head for frame in tag)]
        self.state.scopes[tag] = ScopeState(dict(plan.open_before), dict(plan.reads_before))

    def check_starts(self, tag: Tag) -> None:
        """From now on what nothing reaches there is closed."""
        plan = self.graph.scopes[tuple(frame.head for frame in tag)]
        self._checks.extend((node, tag) for node in plan.starts or ("",))

    def _check(self, node: str, tag: Tag) -> None:
        """Close the node if nothing can reach it any more, and its scope if it was the last."""
        state = self.state
        scope = state.scopes.get(tag)
        if scope is None or scope.open_before.get(node) or scope.busy.get(node):
            return
        if (state.stop is not None or state.broken) and state.barrier(tag) is not None:
            return
        if node in scope.held:
            self._fire(self.graph.nodes[node], tag, scope)
            self._checks.append((node, tag))
            return
        if node in scope.parked:
            return
        if scope.open_before.pop(node, None) is not None:
            closed = self.graph.nodes[node]
            if closed.rest_of and self._is_cut_off(closed, tag, scope):
                self._skip(closed, tag, ())
            self._tell_neighbours(closed, tag, scope)
        if not scope.open_before and tag != ROOT:
            self.end_turn(tag, scope)

    def _is_cut_off(self, node: Node, tag: Tag, scope: ScopeState) -> bool:
        """Whether nothing reached the node, and nobody was told so, as a join had enough."""
        if node.is_disabled or node.id in scope.cut_off:
            return False
        if not is_unwanted(self.graph, self.state, RunKey(node.id, tag, ())):
            return False
        return all(id_.node != node.id for id_ in scope.finished)

    def _tell_neighbours(self, closed: Node, tag: Tag, scope: ScopeState) -> None:
        for reader in closed.readers:
            scope.reads_before[reader] -= 1
            if not scope.reads_before[reader]:
                self._unpark(reader, tag, scope)
        for reader in closed.far_readers:
            inner = [t for t, s in self.state.scopes.items() if reader in s.parked]
            for turn in inner:
                if is_within(turn, tag):
                    self._unpark(reader, turn, self.state.scopes[turn])
                    self._checks.append((reader, turn))
        for successor in closed.successors:
            scope.open_before[successor] -= 1
            if not scope.open_before[successor]:
                self._checks.append((successor, tag))

    def _unpark(self, reader: str, tag: Tag, scope: ScopeState) -> None:
        for parked in scope.parked.pop(reader, ()):
            self._enter(self.graph.nodes[reader], tag, scope, *parked)
