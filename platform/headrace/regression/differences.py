"""Compares what steps put out with what they put out before, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from headrace.regression.types import Difference, SampleStep
from headrace_sdk.items import Item, JsonObject, JsonValue

MOST: Final = 100
"""More differences than anybody reads."""

LONGEST: Final = 2_000
ANY: Final = "*"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ignored:
    """A place that may differ: below `path` in the items of `node`. `*` stands for any."""

    node: str
    path: tuple[str, ...]

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> Ignored:
        """Reads `{"node", "path"}`."""
        return cls(stored["node"], tuple(stored["path"].split(".")))

    def covers(self, node: str, path: Sequence[str]) -> bool:
        """Is the place at the path, or below it?"""
        if self.node not in (ANY, node) or len(path) < len(self.path):
            return False
        return all(mine in (ANY, other) for mine, other in zip(self.path, path, strict=False))


def differences(
    expected: Sequence[SampleStep],
    actual: Mapping[tuple[str, str], SampleStep],
    ignored: Sequence[Ignored],
) -> list[Difference]:
    """Where the steps came out otherwise, in the order of the expected ones; `MOST` at most."""
    found: list[Difference] = []
    for one in _all(expected, actual, ignored):
        found.append(one)
        if len(found) == MOST:
            break
    return found


def _all(
    expected: Sequence[SampleStep],
    actual: Mapping[tuple[str, str], SampleStep],
    ignored: Sequence[Ignored],
) -> Iterator[Difference]:
    known = {(one.node, one.run) for one in expected}
    nodes = {one.node for one in expected}
    for one in expected:
        yield from _of_step(one, actual.get((one.node, one.run)), ignored)
    for id_, other in actual.items():
        if other.node in nodes and id_ not in known:
            yield _whole(other, None, _summary(other))


def _of_step(
    one: SampleStep, other: SampleStep | None, ignored: Sequence[Ignored]
) -> Iterator[Difference]:
    if other is None:
        yield _whole(one, _summary(one), None)
        return
    if _code(one) != _code(other):
        yield _whole(one, _summary(one), _summary(other))
        return
    for port in dict.fromkeys([*one.outputs, *other.outputs]):
        before, after = one.outputs.get(port, ()), other.outputs.get(port, ())
        for index, path, left, right in _of_items(before, after):
            if not any(place.covers(one.node, path) for place in ignored):
                where = (one.node, one.name, one.run, port, index, ".".join(path))
                yield Difference(*where, _short(left), _short(right))


def _of_items(
    expected: Sequence[Item], actual: Sequence[Item]
) -> Iterator[tuple[int, Path, JsonValue, JsonValue]]:
    for index in range(max(len(expected), len(actual))):
        before = _value(expected[index]) if index < len(expected) else None
        after = _value(actual[index]) if index < len(actual) else None
        for path, left, right in _diff(before, after, ()):
            yield index, path, left, right


def _diff(
    before: JsonValue, after: JsonValue, path: Path
) -> Iterator[tuple[Path, JsonValue, JsonValue]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            if name in before and name in after:
                yield from _diff(before[name], after[name], (*path, name))
            else:
                yield (*path, name), before.get(name), after.get(name)
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            left = before[index] if index < len(before) else None
            right = after[index] if index < len(after) else None
            yield from _diff(left, right, (*path, str(index)))
    elif before != after or isinstance(before, bool) is not isinstance(after, bool):
        yield path, before, after


def _value(item: Item) -> JsonObject:
    """The item's JSON; its files by content, under a name that JSON of items seldom has."""
    if not item.binary:
        return item.json
    files: JsonObject = {
        name: {"name": ref.name, "sha256": ref.sha256} for name, ref in item.binary.items()
    }
    return {**item.json, "$binary": files}


def _code(step: SampleStep) -> str | None:
    return str(step.error.get("code")) if step.error is not None else None


def _summary(step: SampleStep) -> JsonObject:
    if step.error is not None:
        return {"error": {name: step.error.get(name) for name in ("code", "message")}}
    return {"items": {port: len(items) for port, items in step.outputs.items()}}


def _whole(step: SampleStep, expected: JsonValue, actual: JsonValue) -> Difference:
    return Difference(step.node, step.name, step.run, expected=expected, actual=actual)


def _short(value: JsonValue) -> JsonValue:
    """The value, or the beginning of its text where it is very long."""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return value if len(text) <= LONGEST else text[:LONGEST] + "…"
