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
    Broken,
    EndedTurn,
    Finished,
    Held,
    LastTurn,
    Late,
    Leaf,
    Parked,
    Run,
    ScopeState,
    Skipped,
    State,
    Status,
    StepStatus,
    Stop,
    Undo,
    Undoing,
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
        "broken": [[_tag(tag), *_broken(broken)] for tag, broken in state.broken.items()],
        "undoing": [
            [_tag(tag), _undo(undoing.undo), _tag(undoing.region)]
            for tag, undoing in state.undoing.items()
        ],
        "undos": [_undo(undo) for undo in state.undos],
        "kept": [_run(run) for run in state.kept.values()],
        "late": [[_run(run), dict(outputs), size] for run, outputs, size in state.late],
        "ended": [_ended(turn) for turn in state.ended],
        "skipped": [[*one.run, one.attempt, inputs_to_json(one.late)] for one in state.skipped],
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
        broken={
            _read_tag(tag): Broken(Failure(**error), Source(*source))
            for tag, error, source in data["broken"]
        },
        undoing={
            _read_tag(tag): Undoing(_read_undo(undo), _read_tag(region))
            for tag, undo, region in data["undoing"]
        },
        undos=[_read_undo(undo) for undo in data["undos"]],
        kept={run.id: run for run in map(_read_run, data["kept"])},
        late=[Late(_read_run(run), outputs, size) for run, outputs, size in data["late"]],
        ended=[_read_ended(turn) for turn in data["ended"]],
        skipped=[
            Skipped(RunId(node, run), attempt, inputs_from_json(late[0]) if late else ())
            for node, run, attempt, *late in data["skipped"]
        ],
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
    status = run.status.value
    return [_key(run.key), inputs, status, run.attempt, _time(run.until), run.wait, run.earlier]


def _read_run(data: Json) -> Run:
    key, inputs, status, attempt, until, wait, earlier = data
    name = _read_key(key)
    return Run(
        name.id,
        name,
        inputs_from_json(inputs),
        StepStatus(status),
        attempt,
        _read_time(until),
        wait,
        earlier,
    )


def _read_stop(data: Json) -> Stop | None:
    if data is None:
        return None
    return Stop(**{**data, "error": data["error"] and Failure(**data["error"])})


def _broken(broken: Broken) -> Json:
    return [asdict(broken.error), list(broken.source)]


def _undo(undo: Undo) -> Json:
    return [_key(undo.key), _sources(undo.sources), _book(undo.book)]


def _read_undo(data: Json) -> Undo:
    key, sources, book = data
    return Undo(_read_key(key), _read_sources(sources), _read_book(book))


def _ended(turn: EndedTurn) -> Json:
    error = turn.error and asdict(turn.error)
    failed = turn.failed and list(turn.failed)
    return [list(turn.loop), turn.turn, _sources(turn.returned), error, failed]


def _read_ended(data: Json) -> EndedTurn:
    loop, turn, returned, error, failed = data
    return EndedTurn(
        RunId(*loop),
        turn,
        _read_sources(returned),
        error and Failure(**error),
        failed and Source(*failed),
    )


def _sources(sources: tuple[Source, ...]) -> Json:
    return [list(source) for source in sources]


def _read_sources(data: Json) -> tuple[Source, ...]:
    return tuple(Source(*source) for source in data)


def _book(book: Mapping[RunId, Finished]) -> Json:
    return [[_key(run.key), inputs_to_json(run.inputs), dict(run.outputs)] for run in book.values()]


def _read_book(data: Json) -> dict[RunId, Finished]:
    runs = (
        Finished(_read_key(key), inputs_from_json(inputs), outputs) for key, inputs, outputs in data
    )
    return {run.key.id: run for run in runs}


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
        "cut_off": sorted(scope.cut_off),
        "returned": _held(scope.returned),
        "finished": _book(scope.finished),
        "turned": _book(scope.turned),
        "last_turns": [
            [_key(key), last.number, [list(run) for run in last.runs]]
            for key, last in scope.last_turns.items()
        ],
    }


def _read_scope(data: Json) -> ScopeState:
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
        cut_off=set(data.get("cut_off", ())),
        returned=_read_held(data["returned"]),
        finished=_read_book(data["finished"]),
        turned=_read_book(data["turned"]),
        last_turns={
            _read_key(key): LastTurn(number, tuple(RunId(*run) for run in runs))
            for key, number, runs in data["last_turns"]
        },
    )
