"""What an event of a step changes: where its run stands, and what follows from its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from headrace.engine import containment, events
from headrace.engine.graph import ERROR_PORT, Graph
from headrace.engine.ready import put_first, take
from headrace.engine.rest import is_unwanted
from headrace.engine.rules import Rules
from headrace.engine.run_key import ROOT
from headrace.engine.state import Late, Run, State, StepStatus
from headrace.engine.stopping import keep

_STARTABLE: Final = {StepStatus.READY, StepStatus.RETRYING}


def advance_step(graph: Graph, state: State, event: events.StepEvent) -> None:
    """Apply an event to its run, if the run is open and the attempt is the current one."""
    run = state.runs.get(event.id)
    if run is None:
        if isinstance(event, events.StepResumed):
            _time_out_join(graph, state, event)
    elif event.attempt == run.attempt:
        handle = _HANDLERS.get(type(event))
        if handle is not None:
            state.pass_time(event.at)
            handle(graph, state, event, run)
    elif isinstance(event, events.StepRetrying):
        _retry_unknown(graph, state, event, run)


def _started(graph: Graph, state: State, event: events.StepStarted, run: Run) -> None:
    if run.status in _STARTABLE and event.wake == run.wait:
        _activate(graph, state, run, StepStatus.RUNNING)


def _completed(
    graph: Graph, state: State, event: events.StepCompleted | events.StepReused, run: Run
) -> None:
    _close(graph, state, run)
    node = graph.nodes[event.node]
    outputs, first = event.outputs, node.first_output
    if node.settings.always_output and first and not outputs.get(first):
        outputs = {**outputs, first: 1}
    _go_on(graph, state, event, run, outputs, batch_size=event.batch_size)


def _failed(graph: Graph, state: State, event: events.StepFailed, run: Run) -> None:
    barrier = state.barrier(run.key.tag)
    if event.will_retry and barrier is None:
        _activate(graph, state, run, StepStatus.RETRYING, until=event.next_at)
        run.attempt += 1
        if event.next_at is None:
            _ready_again(graph, state, run)
        return
    _close(graph, state, run)
    node, error = graph.nodes[event.node], event.error
    if node.settings.on_error != "stop":
        port = ERROR_PORT if node.settings.on_error == "error_port" else node.first_output
        leaving = event.outputs if event.outputs is not None else {port or "": 1}
        _go_on(graph, state, event, run, leaving)
    elif barrier is None:
        flow = Rules(graph, state, event.at)
        failure = events.Failure(error.code, error.message, event.node, error.item, error.path)
        containment.fail(flow, run, failure)
        flow.settle()
    else:
        _end_behind_barrier(graph, state, event, run, StepStatus.FAILED)


def _retrying(graph: Graph, state: State, _event: events.StepRetrying, run: Run) -> None:
    if run.status is StepStatus.RETRYING and state.barrier(run.key.tag) is None:
        _ready_again(graph, state, run)


def _retry_unknown(graph: Graph, state: State, event: events.StepRetrying, run: Run) -> None:
    is_next = run.status is StepStatus.UNKNOWN and event.attempt == run.attempt + 1
    if is_next and state.barrier(run.key.tag) is None:
        run.attempt_anew()
        _ready_again(graph, state, run)


def _waiting(graph: Graph, state: State, event: events.StepWaiting, run: Run) -> None:
    if run.status in {StepStatus.READY, StepStatus.RUNNING} and event.wait != run.wait:
        _activate(graph, state, run, StepStatus.WAITING, until=event.until)
        run.wait = event.wait


def _resumed(graph: Graph, state: State, event: events.StepResumed, run: Run) -> None:
    waits_for_this = run.status is StepStatus.WAITING and run.wait == event.wait
    if waits_for_this and state.barrier(run.key.tag) is None:
        _ready_again(graph, state, run)


def _unknown(graph: Graph, state: State, _event: events.StepUnknown, run: Run) -> None:
    if state.stop is None or state.barrier(run.key.tag) is None:
        # Also where its turn has failed: a person still has to know, and the turn waits for that.
        _activate(graph, state, run, StepStatus.UNKNOWN)
    else:
        _close(graph, state, run)
        run.status = StepStatus.UNKNOWN
        keep(state, run)


def _cancelled(graph: Graph, state: State, event: events.StepCancelled, run: Run) -> None:
    _close(graph, state, run)
    if state.barrier(run.key.tag) is None:
        flow = Rules(graph, state, event.at)
        flow.abandon(run)
        flow.settle()
    else:
        _end_behind_barrier(graph, state, event, run, StepStatus.CANCELLED)


def _time_out_join(graph: Graph, state: State, event: events.StepResumed) -> None:
    overdue = next((key for key in state.deadlines if key.id == event.id), None)
    if overdue is not None and state.barrier(overdue.tag) is None:
        flow = Rules(graph, state, event.at)
        flow.fire_overdue(overdue)
        flow.settle()


def _activate(
    graph: Graph,
    state: State,
    run: Run,
    status: StepStatus,
    *,
    until: datetime | None = None,
) -> None:
    if run.status is StepStatus.READY:
        take(graph, state, run)
    run.status = status
    run.until = until
    state.active[run.id] = None


def _close(graph: Graph, state: State, run: Run) -> None:
    if run.status is StepStatus.READY:
        take(graph, state, run)
    else:
        del state.active[run.id]
    del state.runs[run.id]


def _ready_again(graph: Graph, state: State, run: Run) -> None:
    if is_unwanted(graph, state, run.key):
        return
    state.active.pop(run.id, None)
    run.status = StepStatus.READY
    run.until = None
    put_first(graph, state, run)


def _go_on(
    graph: Graph,
    state: State,
    event: events.StepEvent,
    run: Run,
    outputs: events.PortCounts,
    *,
    batch_size: int = 1,
) -> None:
    """Deliver what a closed run put out, or keep it for a retry while all is being stopped."""
    barrier = state.barrier(run.key.tag)
    if barrier is None:
        flow = Rules(graph, state, event.at)
        flow.complete(run, outputs, batch_size)
        flow.settle()
    elif barrier == ROOT:
        state.late.append(Late(run, outputs, batch_size))
    else:
        _end_behind_barrier(graph, state, event, run, StepStatus.CANCELLED)


def _end_behind_barrier(
    graph: Graph, state: State, event: events.StepEvent, run: Run, status: StepStatus
) -> None:
    """A run that was to be stopped has ended: nothing follows but that its turn may be over."""
    barrier = state.barrier(run.key.tag)
    if barrier == ROOT:
        run.status = status
        keep(state, run)
    elif barrier is not None:
        flow = Rules(graph, state, event.at)
        containment.close_broken(flow, barrier)
        flow.settle()


_HANDLERS: Final[Mapping[type[events.StepEvent], Callable[..., None]]] = {
    events.StepStarted: _started,
    events.StepCompleted: _completed,
    events.StepReused: _completed,
    events.StepFailed: _failed,
    events.StepRetrying: _retrying,
    events.StepWaiting: _waiting,
    events.StepResumed: _resumed,
    events.StepUnknown: _unknown,
    events.StepCancelled: _cancelled,
}
