"""Failures that a loop keeps to the turn in which they happened.

A run that failed for good breaks the innermost turn around it whose head does not want the
execution to fail: nothing starts there any more, what is under way is stopped, what was done there
is undone, and then the turn ends without a result. It waits for whoever has to say whether a step
of it had its effect.
"""

from __future__ import annotations

from headrace.engine import compensation
from headrace.engine.events import Failure
from headrace.engine.flow import Flow
from headrace.engine.graph import ERROR_PORT, Graph
from headrace.engine.references import Source
from headrace.engine.run_key import RunKey, Tag, is_within
from headrace.engine.state import Broken, Run, ScopeState, State, StepStatus, Stop
from headrace.engine.stopping import begin_stop, keep


def fail(flow: Flow, run: Run, error: Failure) -> None:
    """A run has failed for good: its turn breaks, or else the whole execution stops."""
    turn = _turn_of(flow.graph, run.key, error.code)
    if turn is not None:
        _break(flow, turn, Broken(error, Source(*run.id, ERROR_PORT, 1)))
        return
    state = flow.state
    run.status = StepStatus.FAILED
    keep(state, run)
    begin_stop(flow.graph, state, Stop(error))


def fail_loop(flow: Flow, key: RunKey, error: Failure) -> None:
    """A loop turned too often. No attempt failed by that, so nothing could be tried again."""
    turn = _turn_of(flow.graph, key, error.code)
    if turn is not None:
        _break(flow, turn, Broken(error, Source(*key.id, ERROR_PORT, 1)))
    elif flow.state.stop is None:
        begin_stop(flow.graph, flow.state, Stop(error, is_final=True))


def close_broken(flow: Flow, turn: Tag) -> None:
    """End a broken turn once nothing is under way in it and everything there is undone."""
    state = flow.state
    if turn not in state.undoing and state.barrier(turn[:-1]) is not None:
        return
    if any(_is_doomed(state, turn, state.runs[id_].key.tag) for id_ in state.active):
        return
    if any(undoing.region == turn for undoing in state.undoing.values()):
        return
    if not compensation.undo_next(flow, turn):
        flow.end_turn(turn, state.scopes[turn])


def _turn_of(graph: Graph, key: RunKey, code: str) -> Tag | None:
    """The innermost turn around a run whose head contains such a failure."""
    for depth in range(len(key.tag), 0, -1):
        head = graph.nodes[key.tag[depth - 1].head]
        shape = head.shape
        if head.id == key.node:
            # The head itself failed, between two turns: that is no failure of its body.
            continue
        contains = shape.loop == "undo" or shape.on_body_error != "stop"
        if contains and (not shape.catches or code in shape.catches):
            return key.tag[:depth]
    return None


def _break(flow: Flow, turn: Tag, broken: Broken) -> None:
    """Forget all that is still to come in the turn; what is under way is left to be stopped."""
    state = flow.state
    for undoing in state.undoing.values():
        if is_within(undoing.region, turn):
            undoing.region = turn
    state.broken[turn] = broken
    for run in list(state.runs.values()):
        if _is_doomed(state, turn, run.key.tag):
            _forget(flow, run)
    scope = state.scopes[turn]
    doomed = [tag for tag in state.scopes if tag != turn and _is_doomed(state, turn, tag)]
    for tag in doomed:
        del state.scopes[tag]
        state.broken.pop(tag, None)
    for key in [key for key in state.activations if _is_doomed(state, turn, key.tag)]:
        del state.activations[key]
    for key in [key for key in state.deadlines if _is_doomed(state, turn, key.tag)]:
        del state.deadlines[key]
    state.scopes[turn] = ScopeState(
        {}, {}, finished=scope.finished, turned=scope.turned, last_turns=scope.last_turns
    )
    close_broken(flow, turn)


def _forget(flow: Flow, run: Run) -> None:
    """Take back a run that has not started."""
    if run.status is StepStatus.READY:
        compensation.register_unstarted(flow, run)
        flow.take_back(run)


def _is_doomed(state: State, turn: Tag, tag: Tag) -> bool:
    """Whether it belongs to the turn, and not to something that undoes what was done there."""
    if not is_within(tag, turn):
        return False
    depths = range(len(turn) + 1, len(tag) + 1)
    return not any(tag[:depth] in state.undoing for depth in depths)
