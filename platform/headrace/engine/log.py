"""Events as rows of the log: a type and a JSON object, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from headrace.engine.events import EVENT_TYPES, Event, Failure
from headrace.engine.references import Source, StepInputs
from headrace.engine.run_key import RunId
from headrace_sdk.errors import HeadraceError

# `for` is a word of Python.
_NAMES: Final = {"waits_for": "for"}


class UnknownEvent(HeadraceError):
    """The log holds an event that this version does not know; a newer one wrote it."""

    code = "unknown_event"


def event_to_json(event: Event) -> dict[str, Any]:
    """The event's data. Its `type` and its time `at` are columns of their own.

    Counts stand as `{"items": n}`, so that the shell may add `bytes` and other facts beside them.
    """
    found: dict[str, Any] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name != "at" and value is not None:
            name = _NAMES.get(field.name, field.name)
            found[name] = _WRITERS[name](value) if name in _WRITERS else value
    return found


def event_from_json(type_: str, data: Mapping[str, Any], at: datetime | None = None) -> Event:
    """Reads `event_to_json`'s form; what else stands in `data` is left aside.

    Raises:
        UnknownEvent: no event has this type.
    """
    kind = EVENT_TYPES.get(type_)
    if kind is None:
        raise UnknownEvent(f'The log holds "{type_}", which this version cannot read; update it.')
    found: dict[str, Any] = {}
    for field in fields(kind):
        name = _NAMES.get(field.name, field.name)
        if field.name != "at" and name in data:
            value = data[name]
            found[field.name] = _READERS[name](value) if name in _READERS else value
    return kind(**found, at=at)


def inputs_to_json(inputs: StepInputs) -> list[dict[str, Any]]:
    """`[{"port", "from": [node, run, port], "items", "batch"?}]`."""
    return [
        {"port": port, "from": list(source[:3]), "items": source.items, **_batch(source)}
        for port, sources in inputs
        for source in sources
    ]


def _batch(source: Source) -> dict[str, int]:
    return {} if source.batch is None else {"batch": source.batch}


def inputs_from_json(data: list[dict[str, Any]]) -> StepInputs:
    """Reads `inputs_to_json`'s form."""
    found: dict[str, list[Source]] = {}
    for row in data:
        node, run, port = row["from"]
        source = Source(node, run, port, row["items"], row.get("batch"))
        found.setdefault(row["port"], []).append(source)
    return tuple((port, tuple(sources)) for port, sources in found.items())


def _counts_to_json(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    return {port: {"items": items} for port, items in counts.items()}


def _counts_from_json(data: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    return {port: facts["items"] for port, facts in data.items()}


def _failure_from_json(data: Mapping[str, Any]) -> Failure:
    names = {field.name for field in fields(Failure)}
    return Failure(**{name: value for name, value in data.items() if name in names})


_WRITERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "outputs": _counts_to_json,
    "inputs": inputs_to_json,
    "pins": sorted,
    "runs": lambda runs: [list(run) for run in runs],
    "error": lambda error: {name: v for name, v in asdict(error).items() if v is not None},
    "next_at": datetime.isoformat,
    "until": datetime.isoformat,
}
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "outputs": _counts_from_json,
    "inputs": inputs_from_json,
    "pins": frozenset,
    "runs": lambda runs: tuple(RunId(*run) for run in runs),
    "error": _failure_from_json,
    "next_at": datetime.fromisoformat,
    "until": datetime.fromisoformat,
}
