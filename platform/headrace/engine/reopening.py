"""Going on with an execution that has ended without success: the same runs, one attempt more."""

from __future__ import annotations

from datetime import datetime

from headrace.engine import containment
from headrace.engine.graph import Graph
from headrace.engine.ready import entry, put, put_first
from headrace.engine.rules import Rules
from headrace.engine.run_key import RunId
from headrace.engine.state import State, Status, StepStatus

_ENDED = frozenset({StepStatus.FAILED, StepStatus.CANCELLED})


def can_retry(state: State) -> bool:
    """Whether it may go on: not before its end, after success, or once something was undone.

    Nor where no step failed but a bound of the rules was reached, in the middle of something.
    """
    is_over = state.status in {Status.FAILED, Status.CANCELLED, Status.STOPPING}
    return is_over and not (state.stop is not None and state.stop.is_final)


def retryable(state: State) -> tuple[RunId, ...]:
    """The runs of which a retry begins another attempt; all else goes on where it stands."""
    if not can_retry(state):
        return ()
    return tuple(run.id for run in state.kept.values() if run.status in _ENDED)


def reopen(graph: Graph, state: State, at: datetime | None) -> None:
    """Go on where it stopped. Limits of time count anew."""
    if not can_retry(state):
        if state.status in {Status.FAILED, Status.CANCELLED}:
            # It ends a second time, in the same way.
            state.status = Status.STOPPING
        return
    state.status, state.stop = Status.RUNNING, None
    state.started_at, state.worked_s = at or state.started_at, 0.0
    _open_again(graph, state)
    flow = Rules(graph, state, at)
    late, state.late = state.late, []
    for one in late:
        flow.complete(one.run, one.outputs, one.batch_size)
    for turn in list(state.broken):
        containment.close_broken(flow, turn)
    flow.settle()


def _open_again(graph: Graph, state: State) -> None:
    kept, state.kept = list(state.kept.values()), {}
    state.runs |= {run.id: run for run in kept}
    shelved = [run for run in kept if run.status is StepStatus.SHELVED]
    for run in shelved:
        run.status = StepStatus.READY
    put(graph, state, [entry(graph, state, run) for run in shelved])
    for run in reversed(kept):
        if run.status in _ENDED:
            run.status, run.until, run.wait = StepStatus.READY, None, ""
            run.attempt_anew()
            put_first(graph, state, run)
        elif run.status is StepStatus.UNKNOWN:
            state.active[run.id] = None
