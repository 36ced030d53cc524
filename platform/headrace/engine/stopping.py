"""Stopping an execution, by an error or by a wish, and going on after that."""

from __future__ import annotations

from headrace.engine.graph import Graph
from headrace.engine.run_key import ROOT
from headrace.engine.state import Run, State, Status, StepStatus, Stop


def begin_stop(graph: Graph, state: State, stop: Stop) -> None:
    """From now on nothing starts. What has not started yet is put aside for a retry.

    What undoes something may come to its end, unless a wish ends that, too.
    """
    state.stop = stop
    state.status = Status.STOPPING
    if is_wish(stop):
        for tag, undoing in list(state.undoing.items()):
            if not graph.nodes[undoing.undo.key.node].shape.undo_on_cancel:
                del state.undoing[tag]
                stop.is_final = True
    for run in list(state.runs.values()):
        barrier = state.barrier(run.key.tag)
        if run.status is StepStatus.READY and barrier == ROOT:
            run.status = StepStatus.SHELVED
            keep(state, run)
        elif run.status is StepStatus.UNKNOWN and barrier is not None:
            # Only a person can end it, and may do so when the execution goes on.
            keep(state, run)
    state.ready = [entry for entry in state.ready if entry[-1] in state.runs]


def keep(state: State, run: Run) -> None:
    """Put a run aside, for a retry."""
    state.runs.pop(run.id, None)
    state.active.pop(run.id, None)
    state.kept[run.id] = run


def is_wish(stop: Stop) -> bool:
    """Whether somebody wanted it to end, so that it has not failed."""
    return stop.error is None and stop.reason in {"person", "parent"}
