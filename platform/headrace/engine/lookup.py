"""What `$("Name")` means in a run: only what lies in the run's own past, so never a race.

Of a loop the last turn that has ended is remembered, and what a delivery that left the loop
directly came from; all other turns are forgotten, so that the state stays small.
"""

from __future__ import annotations

from collections.abc import Iterator

from headrace.engine.graph import DONE_PORT, ERROR_PORT, LIMIT_PORT, LOOP_PORT, Graph
from headrace.engine.references import Source, StepInputs
from headrace.engine.run_key import RunId, RunKey, Tag
from headrace.engine.state import Finished, LastTurn, ScopeState, State

# A `while` head whose last turn gave nothing passes on what it had sent into it.
_ENDS = frozenset({DONE_PORT, ERROR_PORT, LIMIT_PORT, LOOP_PORT})


def find_run(graph: Graph, state: State, reader: RunId, node: str) -> Finished | None:
    """The finished run of `node` that the open run `reader` sees; `None` if it sees none.

    Of several the one that shares most loop turns with the reader, then the last in canonical
    order. In sequential order every finished run counts as past.
    """
    run = state.runs[reader]
    tag = run.key.tag
    if graph.settings.order == "sequential" or node in graph.reads.get(reader.node, ()):
        seen = _visible(state, tag)
    else:
        seen = past(state, tag, run.inputs)
    return max(
        (found for found in seen if found.key.node == node),
        key=lambda found: (_shared(found.key.tag, tag), found.key),
        default=None,
    )


def past(state: State, tag: Tag, inputs: StepInputs) -> Iterator[Finished]:
    """The ancestors of a run with these inputs, found by going back along the references."""
    return _Walk(state, tag).back_from(inputs)


def escaping(state: State, tag: Tag, depth: int, sources: tuple[Source, ...]) -> list[Finished]:
    """The ancestors within the turns that a delivery leaves when it keeps `depth` frames."""
    walk = _Walk(state, tag, depth + 1)
    return [run for run in walk.back_from((("", sources),)) if len(run.key.tag) > depth]


def _visible(state: State, tag: Tag) -> Iterator[Finished]:
    for scope in _scopes(state, tag):
        yield from scope.finished.values()
        yield from scope.turned.values()


def _scopes(state: State, tag: Tag, outermost: int = 0) -> list[ScopeState]:
    """Those around and of a run, innermost first; in an undo body some may be gone."""
    depths = range(len(tag), outermost - 1, -1)
    return [scope for depth in depths if (scope := state.scopes.get(tag[:depth])) is not None]


def _shared(left: Tag, right: Tag) -> int:
    return next(
        (depth for depth, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )


def _last_turn_of(scope: ScopeState, head: RunKey) -> LastTurn | None:
    """A `while` head ran again before each turn; its loop goes by the name of its first run."""
    found = scope.last_turns.get(head)
    if found is None and head.tag and head.tag[-1].head == head.node:
        return scope.last_turns.get(RunKey(head.node, head.tag[:-1], head.tag[-1].via))
    return found


class _Walk:
    """Goes from references to runs to references."""

    def __init__(self, state: State, tag: Tag, outermost: int = 0) -> None:
        self._scopes = _scopes(state, tag, outermost)
        self._tag = tag
        self._seen: set[RunId] = set()
        self._ahead: list[RunId] = []
        self._turns: set[Tag] = set()
        self._books = [book for scope in self._scopes for book in (scope.finished, scope.turned)]
        self._books += [
            undoing.undo.book
            for depth in range(len(tag), 0, -1)
            if (undoing := state.undoing.get(tag[:depth])) is not None
        ]

    def back_from(self, inputs: StepInputs) -> Iterator[Finished]:
        yield from self._follow(self._tag, inputs)
        self._enter(self._tag)
        while self._ahead:
            id_ = self._ahead.pop()
            found = next((book[id_] for book in self._books if id_ in book), None)
            if found is not None:
                yield found
                self._enter(found.key.tag)
                yield from self._follow(found.key.tag, found.inputs)

    def _follow(self, tag: Tag, inputs: StepInputs) -> Iterator[Finished]:
        """The inputs of a run with this tag. From outside, a loop that gave something is over."""
        for _, sources in inputs:
            for source in sources:
                id_ = RunId(source.node, source.run)
                self._meet(id_)
                if source.port in _ENDS and all(frame.head != source.node for frame in tag):
                    yield from self._last_turn(id_)

    def _meet(self, id_: RunId) -> None:
        if id_ not in self._seen:
            self._seen.add(id_)
            self._ahead.append(id_)

    def _enter(self, tag: Tag) -> None:
        """A run in a turn has the loop's head in its past, whatever came back since."""
        while tag and tag not in self._turns:
            self._turns.add(tag)
            head, via, _ = tag[-1]
            tag = tag[:-1]
            self._meet(RunKey(head, tag, via).id)

    def _last_turn(self, loop: RunId) -> Iterator[Finished]:
        """What ended before a loop that is over let something out."""
        for scope in self._scopes:
            head = scope.finished.get(loop) or scope.turned.get(loop)
            last = _last_turn_of(scope, head.key) if head is not None else None
            for id_ in last.runs if last is not None else ():
                if id_ not in self._seen:
                    self._seen.add(id_)
                    yield scope.turned[id_]
