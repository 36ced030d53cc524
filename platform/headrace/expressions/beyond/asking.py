"""All expressions of one node that need the sandbox, over all of its items, in one visit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headrace.expressions.answers import Answers, Fault, Stopped
from headrace.expressions.beyond.mentions import INPUT
from headrace.expressions.beyond.part import Sandboxed
from headrace.expressions.errors import ExpressionError
from headrace.expressions.ports import Crossing, JavaScript, ports
from headrace.expressions.scope import ItemsView, Scope, item_object
from headrace_sdk.items import Item, JsonObject

PER_VISIT: Final = 2_000
CHARACTERS_PER_VISIT: Final = 4_000_000
"""Items of one visit, so that their memory and time stay within the limits of one."""

SAMPLES: Final = 16
"""Items that are measured to guess how many fit."""


@dataclass(frozen=True, slots=True)
class Question:
    """`parts` for these items; `first` is the index of the first of them in the run."""

    parts: Sequence[Sandboxed]
    scope: Scope
    items: Sequence[JsonObject]
    first: int = 0

    def visits(self) -> Iterator[tuple[int, Crossing]]:
        """What to ask, and the index of the first item of each."""
        step = self._per_visit()
        for start in range(0, len(self.items), step):
            items = self.items[start : start + step]
            yield self.first + start, self._crossing(items, self.first + start)

    def _per_visit(self) -> int:
        sampled = self.items[:: max(1, len(self.items) // SAMPLES)]
        largest = max((len(str(item)) for item in sampled), default=1)
        return max(1, min(PER_VISIT, CHARACTERS_PER_VISIT // largest))

    def _crossing(self, items: Sequence[JsonObject], first: int) -> Crossing:
        scope = self.scope
        job: JsonObject = {
            "sources": [
                {"code": part.written.code, "isText": part.is_text, "changes": part.changes}
                for part in self.parts
            ],
            "items": list(items),
            "first": first,
            "views": self._views(first, len(items)),
            "known": {
                "$runIndex": scope.run_index,
                "$vars": scope.variables,
                "$execution": scope.execution,
                "$workflow": scope.workflow,
            },
        }
        return Crossing(
            job,
            parts=len(self.parts) * len(items),
            sources=[part.written.code for part in self.parts],
            now=scope.now,
            timezone=scope.timezone,
            seed=self._seed(),
        )

    def _views(self, first: int, count: int) -> JsonObject:
        wanted: dict[str, set[str]] = {}
        for part in self.parts:
            for name, uses in part.views.items():
                wanted.setdefault(name, set()).update(uses)
        views: JsonObject = {}
        for name, uses in wanted.items():
            view = self.scope.input if name == INPUT else self.scope.node(name)
            views[name] = None if view is None else _view(view, uses, range(first, first + count))
        return views

    def _seed(self) -> int:
        """The same in every attempt of a run."""
        told = f"{self.scope.execution.get('id')}:{self.scope.run_index}:{self.scope.now}"
        return zlib.crc32(told.encode())


def ask(parts: Sequence[Sandboxed], scope: Scope) -> Answers:
    """The answers for the item that `scope` has in hand.

    Raises:
        HeadraceError: see `JavaScript`.
    """
    question = Question(parts, scope, [_current(scope)], scope.item_index)
    javascript = _javascript(parts)
    return _answers(parts, [(at, javascript.visit(asked)) for at, asked in question.visits()])


async def ask_for_all(parts: Sequence[Sandboxed], scope: Scope, items: Sequence[Item]) -> Answers:
    """The answers for all items of a run; for the one in hand where none is read.

    Raises:
        HeadraceError: see `JavaScript`.
    """
    reads_item = items and any(part.reads_item for part in parts)
    given = [item_object(item) for item in items] if reads_item else [_current(scope)]
    question = Question(parts, scope, given)
    javascript = _javascript(parts)
    told: list[tuple[int, Mapping[str, Any]]] = []
    for at, asked in question.visits():
        told.append((at, await javascript.await_visit(asked)))
        if "stopped" in told[-1][1]:
            break
    return _answers(parts, told, is_shared=not reads_item)


def _javascript(parts: Sequence[Sandboxed]) -> JavaScript:
    if ports.javascript is None:
        message = f"{parts[0].refusal.message} All other JavaScript needs the sandbox."
        raise ExpressionError(message, code="sandbox_missing")
    return ports.javascript


def _current(scope: Scope) -> JsonObject:
    return {"json": scope.json, "binary": scope.binary}


def _view(view: ItemsView, uses: set[str], indexes: range) -> JsonObject:
    """What of a view is read; `linked` leads from each item to one of `pool`."""
    items = view.all()
    given: JsonObject = {}
    if "all" in uses:
        given["all"] = list(items)
    given["first"] = items[0] if items and "first" in uses else None
    given["last"] = items[-1] if items and "last" in uses else None
    if "item" in uses:
        pool: dict[int, tuple[int, JsonObject]] = {}
        linked: list[int | None] = []
        for index in indexes:
            item = view.linked(index)
            place = None if item is None else pool.setdefault(id(item), (len(pool), item))[0]
            linked.append(place)
        given["pool"] = [item for _, item in pool.values()]
        given["linked"] = list(linked)
    return given


def _answers(
    parts: Sequence[Sandboxed],
    told: Sequence[tuple[int, Mapping[str, Any]]],
    *,
    is_shared: bool = False,
) -> Answers:
    answers = Answers({part: place for place, part in enumerate(parts)}, is_shared=is_shared)
    answers.first = told[0][0] if told else 0
    for first, answer in told:
        if "stopped" in answer:
            answers.stopped = _stopped(answer["stopped"], first, len(parts))
            break
        faults = {(fault["item"], fault["place"]): Fault.of(fault) for fault in answer["faults"]}
        for index, row in enumerate(answer["rows"]):
            answers.rows[first + index] = row
        for (index, place), fault in faults.items():
            answers.faults[first + index, place] = fault
    return answers


def _stopped(told: Mapping[str, Any], first: int, width: int) -> Stopped:
    fault = Fault("", str(told["message"]), str(told["code"]), -1, -1)
    at = told.get("at")
    if not isinstance(at, int):
        return Stopped(fault, None, None)
    return Stopped(fault, first + at // width, at % width)
