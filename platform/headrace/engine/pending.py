"""What is to be done: a function of the state alone, so that a crash loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from headrace.engine.commands import Command, Finish, RunStep, StopStep, UsePin, WaitUntil
from headrace.engine.events import CancelRequested, Failure, StepResumed, StepRetrying, StopReason
from headrace.engine.graph import Graph
from headrace.engine.run_key import RunId
from headrace.engine.state import Run, State, Status, StepStatus, Stop


def pending(graph: Graph, state: State) -> tuple[Command, ...]:
    """All outstanding work: what runs or may start, in order, then timers, or the end."""
    if state.status is Status.STOPPING:
        return _stopping(graph, state)
    if state.status is not Status.RUNNING:
        return ()
    if state.is_settled:
        return (Finish("completed"),)
    return (*_steps(graph, state), *sorted(_timers(graph, state), key=lambda timer: timer.at))


def is_waiting(graph: Graph, state: State) -> bool:
    """Whether runs are open and all of them wait, so that nobody has to hold the execution."""
    return bool(state.active) and all(
        isinstance(command, WaitUntil) for command in pending(graph, state)
    )


def next_due(graph: Graph, state: State) -> datetime | None:
    """When the earliest timer is due."""
    return min((timer.at for timer in _timers(graph, state)), default=None)


def _steps(graph: Graph, state: State) -> Iterator[Command]:
    running = [id_ for id_ in state.active if state.runs[id_].status is StepStatus.RUNNING]
    for id_ in running:
        yield _step(graph, state, id_)
    if state.is_paused:
        return
    if graph.settings.order == "sequential":
        # A step that waits holds everything.
        if not state.active and state.ready:
            yield _step(graph, state, state.ready[-1][-1])
        return
    for *_, id_ in state.ready[: max(0, graph.settings.max_parallel_steps - len(running))]:
        yield _step(graph, state, id_)


def _step(graph: Graph, state: State, id_: RunId) -> Command:
    run, node = state.runs[id_], graph.nodes[id_.node]
    if node.id in state.pins and node.first_output and not node.shape.loop:
        return UsePin(*id_, run.attempt, node.first_output)
    return RunStep(
        *id_,
        run.attempt,
        run.inputs,
        turn=run.key.tag[-1].iteration if run.key.tag else 0,
        wake=run.wait,
        execute_once=node.settings.execute_once,
    )


def _timers(graph: Graph, state: State) -> Iterator[WaitUntil]:
    if state.status is not Status.RUNNING:
        return
    for id_ in state.active:
        run = state.runs[id_]
        if run.until is not None:
            yield _timer(id_, run, run.until)
    for key, due in state.deadlines.items():
        join = key.id
        yield WaitUntil(f"join:{join.node}:{join.run}", due, StepResumed(*join, 1, wait="join"))
    yield from _limits(graph, state)


def _timer(id_: RunId, run: Run, at: datetime) -> WaitUntil:
    if run.status is StepStatus.RETRYING:
        name = f"retry:{id_.node}:{id_.run}:{run.attempt}"
        return WaitUntil(name, at, StepRetrying(*id_, run.attempt))
    name = f"wait:{id_.node}:{id_.run}:{run.wait}"
    return WaitUntil(name, at, StepResumed(*id_, run.attempt, wait=run.wait))


def _limits(graph: Graph, state: State) -> Iterator[WaitUntil]:
    settings = graph.settings
    if settings.deadline_s is not None and state.started_at is not None:
        due = state.started_at + timedelta(seconds=settings.deadline_s)
        yield WaitUntil("deadline", due, CancelRequested(reason="deadline"))
    runs = (state.runs[id_].status for id_ in state.active)
    if settings.timeout_s is not None and state.seen_at is not None and StepStatus.RUNNING in runs:
        due = state.seen_at + timedelta(seconds=max(0.0, settings.timeout_s - state.worked_s))
        yield WaitUntil("time_limit", due, CancelRequested(reason="time_limit"))


def _stopping(graph: Graph, state: State) -> tuple[Command, ...]:
    if state.active:
        return tuple(StopStep(*id_, state.runs[id_].attempt) for id_ in state.active)
    return (_finish(graph, state),)


def _finish(graph: Graph, state: State) -> Finish:
    stop = state.stop or Stop()
    if stop.error is None and stop.reason in {"person", "parent"}:
        return Finish("cancelled", reason=stop.reason)
    return Finish("failed", stop.error or _limit_reached(graph, stop.reason), stop.reason)


def _limit_reached(graph: Graph, reason: StopReason) -> Failure:
    settings = graph.settings
    limit_s = settings.timeout_s if reason == "time_limit" else settings.deadline_s
    return Failure(reason, f"It took longer than its limit of {limit_s} s.")
