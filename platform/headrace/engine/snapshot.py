"""The state as JSON and back, exactly. A cache: the log alone is the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, TypeAlias

from headrace.engine.events import Failure
from headrace.engine.log import inputs_from_json, inputs_to_json
from headrace.engine.references import Source
from headrace.engine.run_key import Frame, RunId, RunKey, Tag
from headrace.engine.state import (
    Activation,
    Finished,
    Held,
    Leaf,
    Parked,
    Run,
    ScopeState,
    State,
    Status,
    StepStatus,
    Stop,
)
from headrace_sdk.errors import HeadraceError

FORMAT: Final = 1
Json: TypeAlias = Any


class UnreadableSnapshot(HeadraceError):
    """Another version wrote the snapshot; fold the log instead."""

    code = "unreadable_snapshot"


def state_to_json(state: State) -> dict[str, Json]:
    """Everything in the state, in lists and objects that JSON can hold."""
    return {
        "format": FORMAT,
        "trigger": state.trigger,
        "status": state.status.value,
        "is_paused": state.is_paused,
        "pins": sorted(state.pins),
        "stop": None if state.stop is None else asdict(state.stop),
        "scopes": [[_tag(tag), _scope(scope)] for tag, scope in state.scopes.items()],
        "activations": [[_key(key), _loop(loop)] for key, loop in state.activations.items()],
        "runs": [_run(run) for run in state.runs.values()],
        "ready": [[rank, list(id_)] for rank, _, _, id_ in state.ready],
        "active": [list(id_) for id_ in state.active],
        "deadlines": [[_key(key), due.isoformat()] for key, due in state.deadlines.items()],
        "leaves": [
            [node, leaf.has_items, _tag(leaf.tag), list(leaf.via), leaf.run, dict(leaf.outputs)]
            for node, leaf in state.leaves.items()
        ],
        "runs_by_node": dict(state.runs_by_node),
        "started_at": _time(state.started_at),
        "seen_at": _time(state.seen_at),
        "worked_s": state.worked_s,
    }


def state_from_json(data: Mapping[str, Json]) -> State:
    """Reads `state_to_json`'s form.

    Raises:
        UnreadableSnapshot: the form is that of another version.
    """
    if data.get("format") != FORMAT:
        raise UnreadableSnapshot("The snapshot has another format; fold the log from its start.")
    runs = {run.id: run for run in map(_read_run, data["runs"])}
    return State(
        trigger=data["trigger"],
        status=Status(data["status"]),
        is_paused=data["is_paused"],
        pins=frozenset(data["pins"]),
        stop=_read_stop(data["stop"]),
        scopes={_read_tag(tag): _read_scope(scope) for tag, scope in data["scopes"]},
        activations={_read_key(key): _read_loop(loop) for key, loop in data["activations"]},
        runs=runs,
        ready=[
            (rank, runs[RunId(*id_)].key.tag, runs[RunId(*id_)].key.via, RunId(*id_))
            for rank, id_ in data["ready"]
        ],
        active={RunId(*id_): None for id_ in data["active"]},
        deadlines={_read_key(key): datetime.fromisoformat(due) for key, due in data["deadlines"]},
        leaves={
            node: Leaf(has_items, _read_tag(tag), tuple(via), run, outputs)
            for node, has_items, tag, via, run, outputs in data["leaves"]
        },
        runs_by_node=dict(data["runs_by_node"]),
        runs_total=sum(data["runs_by_node"].values()),
        started_at=_read_time(data["started_at"]),
        seen_at=_read_time(data["seen_at"]),
        worked_s=data["worked_s"],
    )


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _read_time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _tag(tag: Tag) -> Json:
    return [[frame.head, list(frame.via), frame.iteration] for frame in tag]


def _read_tag(data: Json) -> Tag:
    return tuple(Frame(head, tuple(via), iteration) for head, via, iteration in data)


def _key(key: RunKey) -> Json:
    return [key.node, _tag(key.tag), list(key.via)]


def _read_key(data: Json) -> RunKey:
    node, tag, via = data
    return RunKey(node, _read_tag(tag), tuple(via))


def _run(run: Run) -> Json:
    inputs = inputs_to_json(run.inputs)
    return [_key(run.key), inputs, run.status.value, run.attempt, _time(run.until), run.wait]


def _read_run(data: Json) -> Run:
    key, inputs, status, attempt, until, wait = data
    name = _read_key(key)
    return Run(
        name.id,
        name,
        inputs_from_json(inputs),
        StepStatus(status),
        attempt,
        _read_time(until),
        wait,
    )


def _read_stop(data: Json) -> Stop | None:
    if data is None:
        return None
    return Stop(data["error"] and Failure(**data["error"]), data["reason"])


def _loop(loop: Activation) -> Json:
    return {
        **asdict(loop),
        "entry": inputs_to_json(loop.entry),
        "inputs": inputs_to_json(loop.inputs),
    }


def _read_loop(data: Json) -> Activation:
    entry, inputs = inputs_from_json(data["entry"]), inputs_from_json(data["inputs"])
    return Activation(**{**data, "entry": entry, "inputs": inputs})


def _held(held: list[Held]) -> Json:
    return [[list(order), port, [list(s) for s in sources]] for order, port, sources in held]


def _read_held(data: Json) -> list[Held]:
    return [
        Held(tuple(order), port, tuple(Source(*source) for source in sources))
        for order, port, sources in data
    ]


def _scope(scope: ScopeState) -> Json:
    return {
        "open_before": dict(scope.open_before),
        "reads_before": dict(scope.reads_before),
        "busy": dict(scope.busy),
        "held": {node: _held(held) for node, held in scope.held.items()},
        "parked": {
            node: [[list(via), inputs_to_json(inputs)] for via, inputs in parked]
            for node, parked in scope.parked.items()
        },
        "fired": sorted(scope.fired),
        "returned": _held(scope.returned),
        "finished": [
            [_key(run.key), inputs_to_json(run.inputs), dict(run.outputs)]
            for run in scope.finished.values()
        ],
    }


def _read_scope(data: Json) -> ScopeState:
    finished = (
        Finished(_read_key(key), inputs_from_json(inputs), outputs)
        for key, inputs, outputs in data["finished"]
    )
    return ScopeState(
        open_before=dict(data["open_before"]),
        reads_before=dict(data["reads_before"]),
        busy=dict(data["busy"]),
        held={node: _read_held(held) for node, held in data["held"].items()},
        parked={
            node: [Parked(tuple(via), inputs_from_json(inputs)) for via, inputs in parked]
            for node, parked in data["parked"].items()
        },
        fired=set(data["fired"]),
        returned=_read_held(data["returned"]),
        finished={run.key.id: run for run in finished},
    )
