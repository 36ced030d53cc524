"""What is to be done: a function of the state alone, so that a crash loses nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from headrace.engine.commands import Command, Finish, RunStep, StopStep, UsePin, WaitUntil
from headrace.engine.events import CancelRequested, Failure, StepResumed, StepRetrying, StopReason
from headrace.engine.graph import Graph
from headrace.engine.run_key import RunId
from headrace.engine.settings import WorkflowSettings
from headrace.engine.state import Run, State, Status, StepStatus, Stop


def pending(graph: Graph, state: State) -> tuple[Command, ...]:
    """All outstanding work: what runs or may start, in order, then timers, or the end."""
    if state.status is Status.STOPPING:
        return _stopping(graph, state)
    if state.status is not Status.RUNNING:
        return ()
    if state.is_settled:
        return (Finish("completed"),)
    steps = [_step(graph, state, state.runs[id_]) for id_ in _may_run(graph, state)]
    return (*steps, *_timers(graph, state))


def is_waiting(graph: Graph, state: State) -> bool:
    """Whether runs are open and all of them wait, so that nobody has to hold the execution."""
    return bool(state.active) and all(
        isinstance(command, WaitUntil) for command in pending(graph, state)
    )


def next_due(graph: Graph, state: State) -> datetime | None:
    """When the earliest timer is due."""
    timers = _timers(graph, state) if state.status is Status.RUNNING else ()
    return timers[0].at if timers else None


def _may_run(graph: Graph, state: State) -> list[RunId]:
    """What runs, and what may start beside it."""
    running = [id_ for id_ in state.active if state.runs[id_].status is StepStatus.RUNNING]
    if state.is_paused:
        return running
    if graph.settings.order == "sequential":
        # A step that waits holds everything.
        return running if state.active else [entry[-1] for entry in state.ready[-1:]]
    free = max(0, graph.settings.max_parallel_steps - len(running))
    return running + [entry[-1] for entry in state.ready[:free]]


def _step(graph: Graph, state: State, run: Run) -> Command:
    node = graph.nodes[run.id.node]
    if node.id in state.pins and node.first_output and not node.shape.loop:
        return UsePin(*run.id, run.attempt, node.first_output)
    return RunStep(
        *run.id,
        run.attempt,
        run.inputs,
        turn=run.key.tag[-1].iteration if run.key.tag else 0,
        wake=run.wait,
        execute_once=node.settings.execute_once,
    )


def _timers(graph: Graph, state: State) -> list[WaitUntil]:
    """All timers, the earliest first."""
    runs = [state.runs[id_] for id_ in state.active]
    timers = [_timer(run, run.until) for run in runs if run.until is not None]
    for key, due in state.deadlines.items():
        join = key.id
        name = f"join:{join.node}:{join.run}"
        timers.append(WaitUntil(name, due, StepResumed(*join, 1, wait="join")))
    is_running = any(run.status is StepStatus.RUNNING for run in runs)
    timers.extend(_limits(graph.settings, state, is_running=is_running))
    timers.sort(key=lambda timer: timer.at)
    return timers


def _timer(run: Run, at: datetime) -> WaitUntil:
    node, number = run.id
    if run.status is StepStatus.RETRYING:
        name = f"retry:{node}:{number}:{run.attempt}"
        return WaitUntil(name, at, StepRetrying(*run.id, run.attempt))
    name = f"wait:{node}:{number}:{run.wait}"
    return WaitUntil(name, at, StepResumed(*run.id, run.attempt, wait=run.wait))


def _limits(settings: WorkflowSettings, state: State, *, is_running: bool) -> list[WaitUntil]:
    found: list[WaitUntil] = []
    if settings.deadline_s is not None and state.started_at is not None:
        due = state.started_at + timedelta(seconds=settings.deadline_s)
        found.append(WaitUntil("deadline", due, CancelRequested(reason="deadline")))
    if settings.timeout_s is not None and state.seen_at is not None and is_running:
        due = state.seen_at + timedelta(seconds=max(0.0, settings.timeout_s - state.worked_s))
        found.append(WaitUntil("time_limit", due, CancelRequested(reason="time_limit")))
    return found


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
