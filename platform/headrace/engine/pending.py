"""What is to be done: a function of the state alone, so that a crash loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from headrace.engine import compensation
from headrace.engine.commands import Command, Finish, RunStep, StopStep, UsePin, WaitUntil
from headrace.engine.events import (
    CancelRequested,
    Failure,
    StepResumed,
    StepRetrying,
    StopReason,
    WorkflowCompensating,
)
from headrace.engine.graph import Graph, Node
from headrace.engine.rest import is_unwanted
from headrace.engine.run_key import RunId
from headrace.engine.settings import WorkflowSettings
from headrace.engine.state import Run, State, Status, StepStatus, Stop
from headrace.engine.stopping import is_wish

_TURNING: Final = frozenset({"items", "while"})
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def pending(graph: Graph, state: State) -> tuple[Command, ...]:
    """All outstanding work: what runs or may start, in order, then timers, or the end."""
    if state.status is Status.STOPPING:
        return _stopping(graph, state)
    if state.status is not Status.RUNNING:
        return ()
    if state.is_settled:
        return (Finish("completed"),)
    steps = [_step(graph, state, state.runs[id_]) for id_ in _may_run(graph, state)]
    return (*_stops(graph, state), *steps, *_timers(graph, state))


def is_waiting(graph: Graph, state: State) -> bool:
    """Whether runs are open and all of them wait, so that nobody has to hold the execution."""
    return bool(state.active) and all(
        isinstance(command, WaitUntil) for command in pending(graph, state)
    )


def is_stopped(state: State, run: RunId) -> bool:
    """Whether a run must not go on: it is over, or its turn or the execution has failed.

    One that undoes something goes on where all else has stopped.
    """
    found = state.runs.get(run)
    return found is None or state.barrier(found.key.tag) is not None


def next_due(graph: Graph, state: State) -> datetime | None:
    """When the earliest timer is due."""
    is_over = state.status is Status.NEW or state.status.is_final
    timers = () if is_over else _timers(graph, state)
    return timers[0].at if timers else None


def _is_to_stop(graph: Graph, state: State, run: Run) -> bool:
    """Whether its turn or the execution has failed, or nobody needs it any more."""
    if state.barrier(run.key.tag) is not None:
        return True
    return bool(graph.nodes[run.id.node].rest_of) and is_unwanted(graph, state, run.key)


def _stops(graph: Graph, state: State) -> list[StopStep]:
    """What is under way and is to end. An unknown outcome is left to a person."""
    runs = (state.runs[id_] for id_ in state.active)
    return [
        StopStep(*run.id, run.attempt)
        for run in runs
        if run.status is not StepStatus.UNKNOWN and _is_to_stop(graph, state, run)
    ]


def _may_run(graph: Graph, state: State) -> list[RunId]:
    """What runs, and what may start beside it."""
    running = [
        id_
        for id_ in state.active
        if (run := state.runs[id_]).status is StepStatus.RUNNING
        and not _is_to_stop(graph, state, run)
    ]
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
        turn=_turn(graph, node, run) if run.key.tag else 0,
        wake=run.wait,
        execute_once=node.settings.execute_once,
        tries=run.attempt - run.earlier,
    )


def _turn(graph: Graph, node: Node, run: Run) -> int:
    """The number of the innermost loop's turn; a head that turns once does not count.

    A `while` head counts the turns of its own loop, of which its first run opens the first.
    """
    tag = run.key.tag
    if node.shape.loop == "while" and tag[-1].head != node.id:
        return 0
    turns = (f.iteration for f in reversed(tag) if graph.nodes[f.head].shape.loop in _TURNING)
    return next(turns, 0)


def _timers(graph: Graph, state: State) -> list[WaitUntil]:
    """All timers, the earliest first."""
    if not state.active and not state.deadlines and graph.settings.deadline_s is None:
        return []
    runs = [state.runs[id_] for id_ in state.active]
    if state.broken or state.stop is not None:
        runs = [run for run in runs if state.barrier(run.key.tag) is None]
    timers = [_timer(run, run.until) for run in runs if run.until is not None]
    for key, due in state.deadlines.items():
        if state.barrier(key.tag) is not None:
            continue
        join = key.id
        name = f"join:{join.node}:{join.run}"
        timers.append(WaitUntil(name, due, StepResumed(*join, 1, wait="join")))
    is_running = any(run.status is StepStatus.RUNNING for run in runs)
    if state.stop is None:
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
    """First all that is under way ends, then what was done is undone, if anything was."""
    stops = _stops(graph, state)
    may_run = _may_run(graph, state)
    if stops or may_run or state.active:
        steps = [_step(graph, state, state.runs[id_]) for id_ in may_run]
        return (*stops, *steps, *_timers(graph, state))
    if compensation.is_due(graph, state):
        return (WaitUntil("compensate", state.seen_at or _LONG_AGO, WorkflowCompensating()),)
    return (_finish(graph, state),)


def _finish(graph: Graph, state: State) -> Finish:
    stop = state.stop or Stop()
    if stop.error is None and stop.reason == "finished":
        return Finish("completed")
    if is_wish(stop):
        return Finish("cancelled", reason=stop.reason)
    return Finish("failed", stop.error or _limit_reached(graph, stop.reason), stop.reason)


def _limit_reached(graph: Graph, reason: StopReason) -> Failure:
    settings = graph.settings
    limit_s = settings.timeout_s if reason == "time_limit" else settings.deadline_s
    return Failure(reason, f"It took longer than its limit of {limit_s} s.")
