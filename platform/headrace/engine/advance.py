"""The fold: one event changes the state. Nothing here looks at a clock or draws a number.

An event that is unknown, comes twice or comes too late changes nothing, so that a log may be folded
from any point and a shell may report a thing again after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from headrace.engine import compensation, events
from headrace.engine.graph import Graph
from headrace.engine.reopening import reopen
from headrace.engine.rules import Rules
from headrace.engine.state import State, Status, Stop
from headrace.engine.steps import advance_step
from headrace.engine.stopping import begin_stop
from headrace_sdk.errors import HeadraceError


class UnknownTrigger(HeadraceError):
    """The workflow has no such trigger that could fire."""

    code = "unknown_trigger"


def initial_state(graph: Graph, trigger: str) -> State:
    """The state before anything happened.

    Raises:
        UnknownTrigger: `trigger` is no enabled trigger of the graph.
    """
    if trigger not in graph.triggers:
        raise UnknownTrigger(f'"{trigger}" is not an enabled trigger of this workflow; choose one.')
    return State(trigger)


def advance(graph: Graph, state: State, event: events.Event) -> State:
    """The state after the event. It takes `state` over and gives it back changed."""
    if state.ended or state.skipped:
        state.ended, state.skipped = [], []
    if state.status.is_final and not isinstance(event, events.WorkflowRetried):
        return state
    if isinstance(event, events.StepEvent):
        advance_step(graph, state, event)
    elif (handle := _HANDLERS.get(type(event))) is not None:
        state.pass_time(event.at)
        handle(graph, state, event)
    return state


def _start(graph: Graph, state: State, event: events.WorkflowStarted) -> None:
    if state.status is not Status.NEW or event.trigger != state.trigger:
        return
    state.status = Status.RUNNING
    state.pins = event.pins
    state.started_at = event.at
    flow = Rules(graph, state, event.at)
    flow.start(event.outputs)
    flow.settle()


def _cancel(graph: Graph, state: State, event: events.CancelRequested) -> None:
    if state.status is not Status.STOPPING:
        begin_stop(graph, state, Stop(reason=event.reason))
    elif state.stop is not None and state.stop.is_undoing:
        # Who cancels while things are being undone wants that to end, too.
        state.undoing.clear()
        state.undos.clear()


def _compensate(graph: Graph, state: State, event: events.WorkflowCompensating) -> None:
    flow = Rules(graph, state, event.at)
    compensation.begin(flow)
    flow.settle()


def _retry(graph: Graph, state: State, event: events.WorkflowRetried) -> None:
    reopen(graph, state, event.at)


def _pause(_graph: Graph, state: State, _event: events.WorkflowPaused) -> None:
    state.is_paused = True


def _resume(_graph: Graph, state: State, _event: events.WorkflowResumed) -> None:
    state.is_paused = False


def _end(status: Status) -> Callable[[Graph, State, events.Event], None]:
    def end(_graph: Graph, state: State, _event: events.Event) -> None:
        state.status = status

    return end


_HANDLERS: Final[Mapping[type[events.Event], Callable[..., None]]] = {
    events.WorkflowStarted: _start,
    events.CancelRequested: _cancel,
    events.WorkflowPaused: _pause,
    events.WorkflowResumed: _resume,
    events.WorkflowRetried: _retry,
    events.WorkflowCompensating: _compensate,
    events.WorkflowCompleted: _end(Status.COMPLETED),
    events.WorkflowFailed: _end(Status.FAILED),
    events.WorkflowCancelled: _end(Status.CANCELLED),
}
