"""Keeps what the engine forgets of the turns of loops, and forgets what nobody will ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from headrace.engine import DONE_PORT, ERROR_PORT, Graph, RunKey, State
from headrace.engine.run_key import Frame, Tag
from headrace.engine.state import EndedTurn
from headrace.executions import log
from headrace.executions.blocks.ledger import Collecting, Ledger, RunId
from headrace.executions.log import Ref

KEPT_TURNS: Final = 2
"""The latest turns of a loop stay in the ledger: the next turn may read them."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A turn that ended. Of its loop, turns before `before` have ended as well; `None`: all have.

    `error` is where the item is that says what went wrong.
    """

    ended: EndedTurn
    before: int | None
    error: Ref | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What a loop gave to a port and what has to be stored now."""

    loop: RunId
    port: str
    refs: list[Ref]


class Turns:
    """Which runs belong to which turn, and what the turns of open loops gave.

    What inner loops gave is stored before it counts as given to an outer one: so ended turns are
    lined up and worked off one by one, while it happens and when the log is folded again.
    """

    def __init__(self, graph: Graph, ledger: Ledger) -> None:
        self._ledger = ledger
        self._read_outside = read_from_outside(graph)
        self._runs: dict[Tag, set[RunId]] = {}
        self._open: set[Tag] = set()
        self._closed: dict[RunKey, list[Tag]] = {}
        self._loops: dict[RunId, RunKey] = {}
        self._line: list[Noted] = []

    def began(self, key: RunKey) -> None:
        """A run begins: it is forgotten with its turn."""
        for depth in range(1, len(key.tag) + 1):
            tag = key.tag[:depth]
            if tag not in self._runs:
                self._runs[tag] = set()
                self._open.add(tag)
        if key.tag and key.node not in self._read_outside:
            self._runs[key.tag].add(key.id)

    def opens(self, key: RunKey) -> None:
        """A loop over items may begin with what the run puts out."""
        self._loops[key.id] = key
        self._ledger.collecting[key.id] = Collecting()

    def ended(self, state: State, seq: int) -> tuple[list[EndedTurn], list[RunId]]:
        """Line up what the event with this number ended.

        Gives the turns that failed without any of their runs, for which the next events must have
        the items that say so, and the runs that are forgotten.
        """
        silent: list[EndedTurn] = []
        for one in state.ended:
            error = None
            if one.failed is not None and not self._has_error(one.failed[:2]):
                silent.append(one)
                error = Ref(seq + len(silent), ERROR_PORT, 0, 1)
            loop = self._loops.get(one.loop)
            self._line.append(Noted(one, _first_open(state, loop) if loop else None, error))
        over = [tag for tag in self._open if tag not in state.scopes]
        return silent, [run for tag in over for run in self._close(tag)] if over else []

    def due(self, state: State) -> Iterator[Due]:
        """What is to be stored now: each before the next one is asked for."""
        while self._line:
            yield from self._due(state, {one.ended.loop for one in self._line})
            self._take(self._line.pop(0))
        yield from self._due(state, set())

    def stored(self, loop: RunId, ports: Iterable[str]) -> None:
        """The log says that this was stored of a loop."""
        last = max((n for n, one in enumerate(self._line) if one.ended.loop == loop), default=-1)
        for noted in self._line[: last + 1]:
            self._take(noted)
        del self._line[: last + 1]
        collecting = self._ledger.collecting.get(loop)
        if collecting is not None:
            for port in ports:
                collecting.ready.pop(port, None)

    def catch_up(self) -> None:
        """Work off what is lined up: the log goes on with something else."""
        for noted in self._line:
            self._take(noted)
        self._line.clear()

    def _has_error(self, run: RunId) -> bool:
        recorded = self._ledger.runs.get(run)
        return recorded is not None and ERROR_PORT in recorded.ports

    def _take(self, noted: Noted) -> None:
        ended = noted.ended
        collecting = self._ledger.collecting.get(ended.loop)
        if collecting is None:
            return
        given: dict[str, list[Ref]] = {}
        if noted.error is not None:
            given[ERROR_PORT] = [noted.error]
        elif ended.failed is not None:
            given[ERROR_PORT] = self._ledger.refs(ended.failed)
        given[DONE_PORT] = [ref for one in ended.returned for ref in self._ledger.refs(one)]
        collecting.early[ended.turn] = given
        collecting.settle(noted.before)

    def _due(self, state: State, lined_up: set[RunId]) -> Iterator[Due]:
        if not self._loops:
            return
        for loop, key in list(self._loops.items()):
            is_over = key not in state.activations
            if is_over and loop in lined_up:
                continue
            ready = self._ledger.collecting[loop].ready
            if is_over:
                del self._loops[loop]
                del self._ledger.collecting[loop]
            for port in list(ready):
                if ready[port] and (is_over or len(ready[port]) >= log.PAGE_ITEMS):
                    yield Due(loop, port, ready.pop(port))

    def to_json(self) -> list[Any]:
        """For snapshots."""
        return [
            [
                [[frame.head, list(frame.via), frame.iteration] for frame in tag],
                [list(run) for run in sorted(runs)],
            ]
            for tag, runs in self._runs.items()
        ]

    def load(self, found: Iterable[Any], state: State) -> None:
        """Reads `to_json`'s form."""
        for frames, runs in found:
            tag = tuple(Frame(head, tuple(via), iteration) for head, via, iteration in frames)
            self._runs[tag] = {(node, run) for node, run in runs}
            if tag in state.scopes:
                self._open.add(tag)
            else:
                self._closed.setdefault(_loop_of(tag), []).append(tag)
        by_id = {key.id: key for key in state.activations}
        self._loops = {loop: by_id[loop] for loop in self._ledger.collecting if loop in by_id}

    def _close(self, tag: Tag) -> list[RunId]:
        self._open.discard(tag)
        if tag not in self._runs:
            return []
        closed = self._closed.setdefault(_loop_of(tag), [])
        closed.append(tag)
        gone: list[RunId] = []
        while len(closed) > KEPT_TURNS:
            gone += self._forget(closed.pop(0))
        return gone

    def _forget(self, turn: Tag) -> list[RunId]:
        gone: list[RunId] = []
        for tag in [tag for tag in self._runs if tag[: len(turn)] == turn]:
            gone += self._runs.pop(tag)
            self._closed.pop(_loop_of(tag), None) if tag != turn else None
        for run in gone:
            self._ledger.forget(run)
        return gone


def _loop_of(tag: Tag) -> RunKey:
    frame = tag[-1]
    return RunKey(frame.head, tag[:-1], frame.via)


def _first_open(state: State, loop: RunKey) -> int | None:
    turns = (tag[-1].iteration for tag in state.scopes if tag and _loop_of(tag) == loop)
    return min(turns, default=None)


def read_from_outside(graph: Graph) -> frozenset[str]:
    """The nodes in loops from which a wire other than the way back leaves the loop."""
    return frozenset(
        node.id
        for node in graph.nodes.values()
        for edges in node.out.values()
        for edge in edges
        if not edge.back and edge.depth < len(node.scope)
    )
