"""What `$("Name")` means in a run: only what lies in the run's own past, so never a race."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.engine.graph import Graph
from headrace.engine.references import StepInputs
from headrace.engine.run_key import RunId, RunKey, Tag
from headrace.engine.state import Finished, State


def find_run(graph: Graph, state: State, reader: RunId, node: str) -> Finished | None:
    """The finished run of `node` that the open run `reader` sees; `None` if it sees none.

    Of several the one that shares most loop turns with the reader, then the last in canonical
    order. In sequential order every finished run counts as past.
    """
    run = state.runs[reader]
    if graph.settings.order == "sequential" or node in graph.reads.get(reader.node, ()):
        seen = _visible(state, run.key.tag, node)
    else:
        seen = _past(state, run.key.tag, run.inputs, node)
    return max(seen, key=lambda found: (len(found.key.tag), found.key), default=None)


def _visible(state: State, tag: Tag, node: str) -> Iterator[Finished]:
    for depth in range(len(tag) + 1):
        for run, finished in state.scopes[tag[:depth]].finished.items():
            if run.node == node:
                yield finished


def _past(state: State, tag: Tag, inputs: StepInputs, node: str) -> Iterator[Finished]:
    """Runs of `node` among the ancestors, found by going back along the references.

    Turns of loops that have ended are forgotten, and so are the runs in them.
    """
    books = [state.scopes[tag[:depth]].finished for depth in range(len(tag), -1, -1)]
    entries = (RunKey(frame.head, tag[:depth], frame.via) for depth, frame in enumerate(tag))
    ahead = [inputs, *(state.activations[loop].entry for loop in entries)]
    seen: set[RunId] = set()
    while ahead:
        for source in (source for _, sources in ahead.pop() for source in sources):
            run = RunId(source.node, source.run)
            if run in seen:
                continue
            seen.add(run)
            for book in books:
                if (finished := book.get(run)) is not None:
                    ahead.append(finished.inputs)
                    if run.node == node:
                        yield finished
