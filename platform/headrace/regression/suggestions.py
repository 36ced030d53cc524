"""Finds what will come out otherwise each time: times that are the run's own present."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from headrace.regression.types import Sample, SampleStep
from headrace_sdk.items import JsonValue

AROUND: Final = timedelta(minutes=5)
"""A time this near to the run was taken from a clock."""

SAME_S: Final = 0.002
MOST: Final = 50


def suggested(sample: Sample) -> list[dict[str, str]]:
    """Places to ignore, as `{"node", "path"}`: what looks like now and was not given.

    `$now` is the recorded time when a test runs, so these come from clocks outside of a run's own.
    """
    began = min(sample.recording.moments.values(), default=None)
    if began is None:
        return []
    ended = max(sample.recording.moments.values())
    given = set(_scalars([item.json for item in sample.items]))
    for step in sample.steps:
        if step.is_mock:
            given |= set(_scalars(_jsons(step)))
    window = (began - AROUND, ended + AROUND)
    own = [at.timestamp() for at in sample.recording.moments.values()]
    found: dict[tuple[str, str], None] = {}
    for step in (one for one in sample.steps if not one.is_mock):
        for path, value in _leaves(_jsons(step), ()):
            is_plain = "\0" not in "".join(path)
            if is_plain and value not in given and _is_now(value, window, own):
                found[step.node, ".".join(path[1:])] = None
    return [{"node": node, "path": path} for node, path in list(found)[:MOST]]


def _jsons(step: SampleStep) -> list[JsonValue]:
    return [item.json for items in step.outputs.values() for item in items]


def _scalars(value: JsonValue) -> Iterator[JsonValue]:
    return (leaf for _, leaf in _leaves(value, ()))


def _leaves(value: JsonValue, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _leaves(inner, (*path, "*"))
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield path, value


def _is_now(value: JsonValue, window: tuple[datetime, datetime], own: Sequence[float]) -> bool:
    at = _moment(value)
    if at is None or not window[0] <= at <= window[1]:
        return False
    # Texts have whole milliseconds.
    return all(abs(at.timestamp() - moment) > SAME_S for moment in own)


def _moment(value: JsonValue) -> datetime | None:
    """An ISO 8601 text with its time, or seconds or milliseconds since the epoch."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value) if 16 <= len(value) <= 40 else None
            return found.replace(tzinfo=found.tzinfo or UTC) if found is not None else None
        if isinstance(value, int | float) and 1e9 < value < 1e10:
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, int | float) and 1e12 < value < 1e13:
            return datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None
